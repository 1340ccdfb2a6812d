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
        private final Cipher cipher = cipher();
        private final byte[] zeros;
        private long left = size;

        /// @param buffer how many bytes are asked for at most
        Stream(int buffer) {
            zeros = new byte[buffer];
        }

        /// Fills the buffer with the next bytes; returns how many, 0 at the end.
        int next(byte[] into) {
            int length = (int) Math.min(Math.min(into.length, zeros.length), left);
            left -= length;
            try {
                return cipher.update(zeros, 0, length, into);
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
