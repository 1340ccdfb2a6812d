package dev.verdict.http;

import java.nio.ByteBuffer;

/// Reads the line before a chunk, and the line end behind it (RFC 9112, section 7.1).
final class ChunkSize {
    private static final int MAX_DIGITS = 15;
    private static final int MAX_LINE = 4096;

    private long size;
    private int digits;
    private int length;
    private boolean padded;
    private boolean inExtension;
    private boolean afterReturn;

    void clear() {
        size = 0;
        digits = 0;
        length = 0;
        padded = false;
        inExtension = false;
        afterReturn = false;
    }

    long size() {
        return size;
    }

    /// Takes bytes up to the end of the line; tells whether that has come.
    boolean read(ByteBuffer bytes) throws HttpFailure {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (lineEnds(next)) {
                if (digits == 0) {
                    throw wrong(next);
                }
                return true;
            }
            if (++length > MAX_LINE) {
                throw HttpFailure.tooLarge("the line before a chunk has more than " + MAX_LINE + " bytes");
            }
            if (!inExtension && !afterReturn) {
                digitOrEnd(next);
            }
        }
        return false;
    }

    /// Takes the line end behind a chunk; tells whether it has come.
    boolean end(ByteBuffer bytes) throws HttpFailure {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (lineEnds(next)) {
                return true;
            }
            if (!afterReturn) {
                throw HttpFailure.malformed("a chunk of " + size + " bytes is longer than it says");
            }
        }
        return false;
    }

    private boolean lineEnds(byte next) throws HttpFailure {
        if (next == '\n') {
            afterReturn = false;
            return true;
        }
        if (afterReturn) {
            throw wrong(next);
        }
        afterReturn = next == '\r';
        return false;
    }

    private void digitOrEnd(byte next) throws HttpFailure {
        int digit = Character.digit(next, 16);
        if (digit >= 0 && !padded) {
            if (++digits > MAX_DIGITS) {
                throw HttpFailure.malformed("the length of a chunk has more than " + MAX_DIGITS + " digits");
            }
            size = size << 4 | digit;
        } else if (digits > 0 && next == ';') {
            inExtension = true;
        } else if (digits > 0 && (next == ' ' || next == '\t')) {
            padded = true;
        } else {
            throw wrong(next);
        }
    }

    private static HttpFailure wrong(byte next) {
        return HttpFailure.malformed("not the length of a chunk: " + Characters.shown(new byte[] {next}, 0, 1));
    }
}
