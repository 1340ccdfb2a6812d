package dev.verdict.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Keeps contents beside a journal, each in a file named by its SHA-256.
public final class Blobs {
    /// Largest content that is kept, in bytes.
    public static final int MAX_SIZE = 64 << 20;

    private final Path folder;
    private final Redactor redactor;

    public Blobs(Path folder, Redactor redactor) {
        this.folder = folder;
        this.redactor = redactor;
    }

    /// Keeps the content, redacted; the same content is kept once.
    ///
    /// @return the SHA-256 of what was kept, 64 hexadecimal digits: the file's name
    /// @throws JournalException if the content is larger than [#MAX_SIZE] or cannot be written
    public String put(byte[] content) {
        if (content.length > MAX_SIZE) {
            throw new JournalException(
                    "a blob of %d bytes is too large: at most %d are kept".formatted(content.length, MAX_SIZE));
        }
        byte[] kept = redactor.redact(content);
        String digest = sha256(kept);
        Path blob = path(digest);
        try {
            if (!Files.exists(blob)) {
                write(blob, kept);
            }
        } catch (IOException e) {
            throw new JournalException("cannot write " + blob + ": " + e, e);
        }
        return digest;
    }

    /// Returns the file that holds, or would hold, the content with this digest.
    public Path path(String digest) {
        return folder.resolve(digest);
    }

    /// Writes aside and renames, so that a name always stands for whole content.
    private void write(Path blob, byte[] content) throws IOException {
        Files.createDirectories(folder);
        Path aside = Files.createTempFile(folder, "new-", ".part");
        try {
            Files.write(aside, content);
            Files.move(aside, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
