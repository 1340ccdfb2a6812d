package dev.verdict.integrity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Digests bytes as they come: SHA-256 (FIPS 180-4).
final class Sha256 {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final MessageDigest digest;

    Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void update(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
    }

    /// Returns the digest in hexadecimal and begins anew.
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static boolean isHex(String text) {
        return HEX.matcher(text).matches();
    }
}
