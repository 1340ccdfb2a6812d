package dev.verdict.integrity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Says which bytes an artifact has: the same on every machine, incompressible, and no two blocks
/// of 16 bytes alike.
///
/// The bytes are the key stream of AES-128 in counter mode (NIST SP 800-38A), from counter 0, whose
/// key is the first 16 bytes of the SHA-256 of the seed in decimal. `openssl` makes them as well:
///
/// ```
/// key=$(printf 7 | sha256sum | cut -c1-32)
/// head -c SIZE /dev/zero | openssl enc -aes-128-ctr -K $key -iv 00000000000000000000000000000000
/// ```
///
/// @param size in bytes
public record Recipe(long size, long seed) {
    private static final int BLOCK = 16;

    /// Is where a stream of bytes has come to.
    final class Stream {
        /// Is small, since a JVM learns to use the processor's AES by the number of calls.
        private static final int PIECE = 1 << 11;

        private final Cipher cipher = cipher();
        private final byte[] zeros = new byte[PIECE];
        private long left = size;

        /// Fills the buffer with the next bytes; returns how many: less than it holds at the end.
        int next(byte[] into) {
            int length = (int) Math.min(into.length, left);
            for (int at = 0; at < length; at += PIECE) {
                encrypt(Math.min(PIECE, length - at), into, at);
            }
            left -= length;
            return length;
        }

        private void encrypt(int length, byte[] into, int at) {
            try {
                cipher.update(zeros, 0, length, into, at);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Cipher cipher() {
        byte[] text = Long.toString(seed).getBytes(StandardCharsets.US_ASCII);
        Sha256 digest = new Sha256();
        digest.update(text, 0, text.length);
        byte[] key = Arrays.copyOf(HexFormat.of().parseHex(digest.hex()), BLOCK);
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES in counter mode", e);
        }
    }
}
