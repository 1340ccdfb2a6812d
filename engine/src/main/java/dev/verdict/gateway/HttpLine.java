package dev.verdict.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Gathers the bytes of one line of an HTTP/1 head, in whatever pieces they come. A line may end in
/// LF alone.
final class HttpLine {
    /// As most servers have it; a longer line is not HTTP.
    private static final int MAX = 64 * 1024;

    /// Small: there may be thousands of connections, and most of other protocols have no line.
    private static final int FIRST = 32;

    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;

    /// Adds a byte; false if the line has become too long.
    boolean append(byte next) {
        if (length == MAX) {
            return false;
        }
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.clamp(2L * length, FIRST, MAX));
        }
        bytes[length++] = next;
        return true;
    }

    /// Returns how many bytes it has so far, its end included.
    int length() {
        return length;
    }

    byte at(int index) {
        return bytes[index];
    }

    boolean isEmpty() {
        return contentLength() == 0;
    }

    /// Tells whether it is the header of that name.
    ///
    /// @param name in small letters
    boolean isHeader(String name) {
        if (length <= name.length() || bytes[name.length()] != ':') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.toLowerCase(bytes[i]) != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Returns what stands behind the first colon.
    String value() {
        String text = text();
        return text.substring(text.indexOf(':') + 1).strip();
    }

    /// Returns the line without its end.
    String text() {
        return new String(bytes, 0, contentLength(), StandardCharsets.ISO_8859_1);
    }

    void clear() {
        length = 0;
    }

    /// Lets its memory go, when no line will be needed soon.
    void release() {
        bytes = NONE;
        length = 0;
    }

    private int contentLength() {
        int end = length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        if (end > 0 && bytes[end - 1] == '\r') {
            end--;
        }
        return end;
    }
}
