package dev.verdict.report;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Copies blobs beside the page, under names that make a browser show them without running them.
///
/// A page opened from `file:` has no media types but file extensions, so these decide: only
/// pictures and PDF keep theirs, all other text becomes `.txt`, the rest `.bin`.
final class Attachments {
    /// Bounds what is copied beside one page: 200 MB.
    static final long MOST = 200L << 20;

    private static final int PREVIEW = 4_096;
    private static final int MOST_PREVIEWS = 4 << 20;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final Map<String, String> EXTENSIONS = Map.of(
            "image/png", "png",
            "image/jpeg", "jpg",
            "image/gif", "gif",
            "image/webp", "webp",
            "application/pdf", "pdf",
            "application/json", "json");

    private final RunFolder folder;
    private final long most;
    private final Map<String, String> copied = new HashMap<>();
    private long bytes;
    private int previewed;

    Attachments(RunFolder folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /// Returns the copy's path relative to the page; empty if there is no such blob, or no room.
    Optional<String> copy(String digest, String name, String mediaType) {
        if (!DIGEST.matcher(digest).matches()) {
            return Optional.empty();
        }
        Path blob = folder.blobs().resolve(digest);
        String file = digest.substring(0, 12) + "-" + safe(name) + "." + extension(mediaType);
        if (copied.containsKey(file)) {
            return Optional.of("attachments/" + file);
        }
        try {
            if (!Files.isRegularFile(blob) || bytes + Files.size(blob) > most) {
                return Optional.empty();
            }
            bytes += Files.size(blob);
            Path target = folder.report().resolve("attachments").resolve(file);
            Files.createDirectories(folder.report().resolve("attachments"));
            Files.copy(blob, target, StandardCopyOption.REPLACE_EXISTING);
            copied.put(file, digest);
            return Optional.of("attachments/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + blob, e);
        }
    }

    /// Writes a picture that was drawn for the page; returns its path relative to the page, empty
    /// if there is no room.
    ///
    /// @param svg drawn by Verdict: a browser will run what is in it
    Optional<String> write(String name, String svg) {
        byte[] content = svg.getBytes(StandardCharsets.UTF_8);
        String file = Integer.toHexString(name.hashCode()) + "-" + safe(name) + ".svg";
        if (bytes + content.length > most) {
            return Optional.empty();
        }
        bytes += content.length;
        try {
            Files.createDirectories(folder.report().resolve("attachments"));
            Files.write(folder.report().resolve("attachments").resolve(file), content);
            return Optional.of("attachments/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Returns the beginning of a blob if it is text.
    Optional<String> preview(String digest) {
        Path blob = folder.blobs().resolve(digest);
        if (previewed > MOST_PREVIEWS || !DIGEST.matcher(digest).matches() || !Files.isRegularFile(blob)) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(blob)) {
            byte[] start = in.readNBytes(PREVIEW + 1);
            Optional<String> text = text(start);
            text.ifPresent(found -> previewed += found.length());
            return text.map(found -> start.length > PREVIEW ? found + "…" : found);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + blob, e);
        }
    }

    static boolean isImage(String mediaType) {
        return EXTENSIONS.containsKey(essence(mediaType)) && essence(mediaType).startsWith("image/");
    }

    private static Optional<String> text(byte[] start) {
        // The cut may fall into a character of up to four bytes: try without its beginning.
        for (int cut = 0; cut < 4 && cut <= start.length; cut++) {
            try {
                String text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(java.nio.ByteBuffer.wrap(start, 0, start.length - cut))
                        .toString();
                return text.chars().anyMatch(c -> c < 9) ? Optional.empty() : Optional.of(text);
            } catch (CharacterCodingException e) {
                if (start.length <= PREVIEW) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static String extension(String mediaType) {
        String type = essence(mediaType);
        String known = EXTENSIONS.get(type);
        if (known != null) {
            return known;
        }
        boolean text =
                type.startsWith("text/") || type.endsWith("xml") || type.endsWith("json") || type.endsWith("script");
        return text ? "txt" : "bin";
    }

    private static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /// Returns a name without path, extension tricks or characters that a shell or URL would mind.
    private static String safe(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^-+|-+$", "");
        return plain.isEmpty() ? "attachment" : plain.substring(0, Math.min(60, plain.length()));
    }
}
