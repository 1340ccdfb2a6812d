package dev.verdict.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts a growing file into whole lines.
final class Lines implements AutoCloseable {
    /// A longer line is no journal's; reading it would only fill the memory.
    private static final int MAX = 8 * EventJson.MAX_LINE;

    private final InputStream in;
    private byte[] bytes = new byte[128 << 10];
    private int start;
    private int length;
    private int next;
    private int scanned;
    private int end;
    private long number;

    Lines(InputStream in) {
        this.in = in;
    }

    /// Goes to the next line; false if it has no end (yet).
    boolean next() throws IOException {
        while (true) {
            for (; scanned < end; scanned++) {
                if (bytes[scanned] == '\n') {
                    start = next;
                    length = scanned - start;
                    next = ++scanned;
                    number++;
                    return true;
                }
            }
            if (!fill()) {
                return false;
            }
        }
    }

    byte[] bytes() {
        return bytes;
    }

    int start() {
        return start;
    }

    int length() {
        return length;
    }

    /// Returns the number of the current line, from 1.
    long number() {
        return number;
    }

    /// Returns what was read behind the last whole line.
    String rest() {
        return new String(bytes, next, end - next, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(bytes, next, bytes, 0, end - next);
            end -= next;
            scanned -= next;
            next = 0;
        }
        if (end == bytes.length) {
            if (end >= MAX) {
                throw new IllegalArgumentException("longer than " + MAX + " bytes");
            }
            bytes = Arrays.copyOf(bytes, 2 * end);
        }
        int read = in.read(bytes, end, bytes.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }
}
