package dev.verdict.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Replaces secrets by `***`, also where they stand escaped as JSON, URL-encoded or in base64.
///
/// Numbers of the journal (ports, sizes) are Verdict's own and are not looked at.
public final class Redactor {
    /// Redacts nothing.
    public static final Redactor NONE = new Redactor(Set.of());

    /// Length of the shortest value that can be a secret: a shorter one would blank half a report.
    public static final int MIN_LENGTH = 3;

    private static final String MARK = "***";

    private final Patterns chars;
    private final Patterns bytes;

    private Redactor(Set<String> forms) {
        this.chars = new Patterns(forms);
        this.bytes = new Patterns(forms.stream().map(Redactor::utf8).toList());
    }

    /// Builds a redactor for the values of secrets.
    ///
    /// @throws IllegalArgumentException if a value [#refuses] would name is among them
    public static Redactor of(Collection<String> secrets) {
        Set<String> forms = new TreeSet<>();
        for (String secret : secrets) {
            if (refuses(secret)) {
                throw new IllegalArgumentException(
                        "a secret needs at least %d characters: a shorter one cannot be redacted"
                                .formatted(MIN_LENGTH));
            }
            forms.addAll(SecretForms.of(secret));
        }
        return forms.isEmpty() ? NONE : new Redactor(forms);
    }

    /// Tells whether the value is too short to be redacted, and so must not be used as a secret.
    public static boolean refuses(String secret) {
        return secret.length() < MIN_LENGTH || secret.isBlank();
    }

    /// Returns the text with every secret replaced.
    public String redact(String text) {
        return chars.replace(text);
    }

    /// Returns the content with every secret, in UTF-8, replaced; the same array if there is none.
    public byte[] redact(byte[] content) {
        if (bytes.none()) {
            return content;
        }
        // Latin-1 maps each byte to the character of the same number, so bytes can be searched as text.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        String redacted = bytes.replace(text);
        return redacted.equals(text) ? content : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String form) {
        return new String(form.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// Finds many strings at once: by their first character, then one by one, the longest first.
    private static final class Patterns {
        private final String[][] byFirst = new String[256][];
        private final boolean none;

        Patterns(Collection<String> forms) {
            none = forms.isEmpty();
            var sorted = new TreeMap<Integer, List<String>>();
            for (String form : forms) {
                sorted.computeIfAbsent(form.charAt(0) & 0xff, key -> new ArrayList<>())
                        .add(form);
            }
            sorted.forEach((first, list) -> byFirst[first] = list.stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toArray(String[]::new));
        }

        boolean none() {
            return none;
        }

        /// Replaces each run of overlapping matches by one mark, so that no rest of one stays.
        String replace(String text) {
            if (none) {
                return text;
            }
            StringBuilder out = null;
            int copied = 0;
            int coveredTo = -1;
            for (int i = 0; i < text.length(); i++) {
                int end = matchAt(text, i);
                if (end < 0) {
                    continue;
                }
                if (i >= coveredTo) {
                    out = out == null ? new StringBuilder(text.length()) : out;
                    out.append(text, copied, i).append(MARK);
                }
                coveredTo = Math.max(coveredTo, end);
                copied = coveredTo;
            }
            return out == null ? text : out.append(text, copied, text.length()).toString();
        }

        private int matchAt(String text, int start) {
            String[] candidates = byFirst[text.charAt(start) & 0xff];
            if (candidates != null) {
                for (String candidate : candidates) {
                    if (text.startsWith(candidate, start)) {
                        return start + candidate.length();
                    }
                }
            }
            return -1;
        }
    }
}
