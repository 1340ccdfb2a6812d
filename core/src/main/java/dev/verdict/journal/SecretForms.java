package dev.verdict.journal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Lists the ways in which a secret may be written.
final class SecretForms {
    /// Shorter pieces of base64 would match by chance.
    private static final int MIN_BASE64 = 4;

    /// A line of a secret of several lines, as of a PEM file, that is redacted by itself.
    private static final int MIN_LINE = 8;

    private SecretForms() {}

    static Set<String> of(String secret) {
        Set<String> plain = new TreeSet<>(List.of(secret));
        String stripped = secret.strip();
        if (!Redactor.refuses(stripped)) {
            plain.add(stripped);
        }
        secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= MIN_LINE)
                .forEach(plain::add);
        Set<String> forms = new TreeSet<>();
        for (String text : plain) {
            forms.add(text);
            addJson(forms, text);
            addUrl(forms, text);
            addBase64(forms, text.getBytes(StandardCharsets.UTF_8));
        }
        return forms;
    }

    /// Adds the JSON string's inside: as most write it, with `/` escaped, in ASCII only; and each
    /// once more escaped, for JSON inside JSON.
    private static void addJson(Set<String> forms, String text) {
        for (String once : List.of(json(text, "%c"), json(text, "\\u%04x"), json(text, "\\u%04X"))) {
            for (String slashes : List.of(once, once.replace("/", "\\/"))) {
                forms.add(slashes);
                forms.add(json(slashes, "%c"));
            }
        }
    }

    private static String json(String text, String beyondAscii) {
        return text.chars()
                .mapToObj(c -> switch (c) {
                    case '"' -> "\\\"";
                    case '\\' -> "\\\\";
                    case '\n' -> "\\n";
                    case '\r' -> "\\r";
                    case '\t' -> "\\t";
                    case '\b' -> "\\b";
                    case '\f' -> "\\f";
                    default -> c < 0x20 ? "\\u%04x".formatted(c) : c < 0x7f ? ascii(c) : other(beyondAscii, c);
                })
                .collect(Collectors.joining());
    }

    private static String ascii(int c) {
        return Character.toString((char) c);
    }

    private static String other(String format, int c) {
        return format.equals("%c") ? Character.toString((char) c) : format.formatted(c);
    }

    private static void addUrl(Set<String> forms, String text) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20");
        // RFC 3986 leaves `~` as it is and allows `*` to be encoded; URLEncoder does the opposite.
        String strict = path.replace("%7E", "~").replace("*", "%2A");
        for (String encoded : List.of(form, path, strict)) {
            forms.add(encoded);
            forms.add(lowerHex(encoded));
        }
    }

    private static String lowerHex(String encoded) {
        var out = new StringBuilder(encoded);
        for (int i = encoded.indexOf('%'); i >= 0; i = encoded.indexOf('%', i + 1)) {
            out.replace(i, i + 3, encoded.substring(i, i + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    /// Adds the secret's own base64, and what stays of it wherever it stands inside longer content,
    /// as in `Authorization: Basic`: three alignments, without the characters shared with
    /// neighbours.
    private static void addBase64(Set<String> forms, byte[] secret) {
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.encodeToString(secret));
            forms.add(encoder.withoutPadding().encodeToString(secret));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + secret.length];
                System.arraycopy(secret, 0, shifted, before, secret.length);
                String all = encoder.withoutPadding().encodeToString(shifted);
                int from = (before * 8 + 5) / 6;
                int to = shifted.length * 8 / 6;
                if (to - from >= MIN_BASE64) {
                    forms.add(all.substring(from, to));
                }
            }
        }
    }
}
