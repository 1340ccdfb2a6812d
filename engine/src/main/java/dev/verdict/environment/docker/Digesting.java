package dev.verdict.environment.docker;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Counts and hashes bytes as they pass.
final class Digesting {
    private final MessageDigest digest;
    private long size;

    Digesting() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void take(byte[] buffer, int at, int length) {
        digest.update(buffer, at, length);
        size += length;
    }

    /// Returns what passed; once.
    Copied copied(String name) {
        return new Copied(name, size, HexFormat.of().formatHex(digest.digest()));
    }
}
