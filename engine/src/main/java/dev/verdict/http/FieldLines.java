package dev.verdict.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects lines up to an empty one, and finds the header fields in them; used again and again,
/// without allocation as long as nobody asks for strings.
///
/// A line may end in LF alone (RFC 9112, section 2.2). A folded line is unfolded, as section 5.2
/// asks of a client.
final class FieldLines {
    /// How much is looked at before more is copied: about as much as most heads have.
    private static final int STEP = 512;

    private static final int ENTRIES = 4;

    private final int limit;
    private byte[] bytes = new byte[STEP];
    private int length;
    private int scanned;
    private int lineStart;
    private int[] lineFeeds = new int[16];
    private int lines;
    private int[] offsets = new int[16 * ENTRIES];
    private int fields;

    FieldLines(int limit) {
        this.limit = limit;
    }

    void clear() {
        length = 0;
        scanned = 0;
        lineStart = 0;
        lines = 0;
        fields = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /// Takes bytes until the empty line; tells whether that has come.
    boolean collect(ByteBuffer in) throws HttpFailure {
        while (in.hasRemaining()) {
            int step = Math.min(in.remaining(), STEP);
            require(length + step);
            in.get(bytes, length, step);
            length += step;
            if (scan()) {
                in.position(in.position() - (length - scanned));
                length = scanned;
                return true;
            }
            if (length > limit) {
                throw HttpFailure.tooLarge(
                        "the headers have more than %d bytes: %s".formatted(limit, Characters.shown(bytes, 0, length)));
            }
        }
        return false;
    }

    /// Returns where the first line ends, without its line end.
    int firstLineEnd() {
        return lineEnd(0, 0);
    }

    /// Finds the fields from a line on, counted from 0.
    void parse(int firstLine) throws HttpFailure {
        int start = firstLine == 0 ? 0 : lineFeeds[firstLine - 1] + 1;
        // The last line is the empty one.
        for (int line = firstLine; line < lines - 1; line++) {
            int end = lineEnd(line, start);
            if (isBlank(bytes[start])) {
                unfold(start, end);
            } else {
                field(start, end);
            }
            start = lineFeeds[line] + 1;
        }
    }

    int count() {
        return fields;
    }

    /// Tells whether a field has this name, which must be in lower case.
    boolean isNamed(int field, String name) {
        int start = offsets[field * ENTRIES];
        return offsets[field * ENTRIES + 1] - start == name.length() && equalsAt(start, name);
    }

    /// Tells whether the value of a field is exactly this, which must be in lower case, but for
    /// case.
    boolean isValue(int field, String value) {
        int start = offsets[field * ENTRIES + 2];
        return offsets[field * ENTRIES + 3] - start == value.length() && equalsAt(start, value);
    }

    /// Returns the value of a field that is but decimal digits, at most 18; a negative number if it
    /// is anything else.
    long number(int field) {
        int start = offsets[field * ENTRIES + 2];
        int end = offsets[field * ENTRIES + 3];
        long number = end > start && end - start <= 18 ? 0 : -1;
        for (int i = start; i < end && number >= 0; i++) {
            int digit = bytes[i] - '0';
            number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
        }
        return number;
    }

    String value(int field) {
        return text(offsets[field * ENTRIES + 2], offsets[field * ENTRIES + 3]).strip();
    }

    Headers headers() {
        List<Headers.Field> list = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            list.add(new Headers.Field(text(offsets[i * ENTRIES], offsets[i * ENTRIES + 1]), value(i)));
        }
        return new Headers(list);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private boolean scan() {
        for (int at = scanned; at < length; at++) {
            if (bytes[at] == '\n') {
                int content = at - lineStart;
                noteLine(at);
                lineStart = at + 1;
                if (content == 0 || (content == 1 && bytes[at - 1] == '\r')) {
                    scanned = lineStart;
                    return true;
                }
            }
        }
        scanned = length;
        return false;
    }

    private void noteLine(int at) {
        if (lines == lineFeeds.length) {
            lineFeeds = Arrays.copyOf(lineFeeds, 2 * lines);
        }
        lineFeeds[lines++] = at;
    }

    private int lineEnd(int line, int start) {
        int end = lineFeeds[line];
        return end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    }

    private void field(int start, int end) throws HttpFailure {
        int colon = start;
        while (colon < end && Characters.isToken(bytes[colon] & 0xFF)) {
            colon++;
        }
        if (colon == start || colon == end || bytes[colon] != ':') {
            throw HttpFailure.malformed("not a header: " + Characters.shown(bytes, start, end));
        }
        requireValue(colon + 1, end);
        int valueStart = skipBlank(colon + 1, end);
        int at = fields++ * ENTRIES;
        if (at == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * at);
        }
        offsets[at] = start;
        offsets[at + 1] = colon;
        offsets[at + 2] = valueStart;
        offsets[at + 3] = trimmed(valueStart, end);
    }

    /// Makes a folded line part of the value before it; the line end between becomes spaces.
    private void unfold(int start, int end) throws HttpFailure {
        if (fields == 0) {
            throw HttpFailure.malformed("the first header starts with a space: " + Characters.shown(bytes, start, end));
        }
        requireValue(start, end);
        int last = (fields - 1) * ENTRIES;
        for (int i = offsets[last + 3]; i < start; i++) {
            bytes[i] = ' ';
        }
        offsets[last + 3] = Math.max(offsets[last + 3], trimmed(offsets[last + 2], end));
    }

    private void requireValue(int from, int to) throws HttpFailure {
        for (int i = from; i < to; i++) {
            if (!Characters.isFieldValue(bytes[i] & 0xFF)) {
                throw HttpFailure.malformed(
                        "a header holds the byte %d: %s".formatted(bytes[i] & 0xFF, Characters.shown(bytes, from, to)));
            }
        }
    }

    private int skipBlank(int from, int to) {
        int at = from;
        while (at < to && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    private int trimmed(int from, int to) {
        int end = to;
        while (end > from && isBlank(bytes[end - 1])) {
            end--;
        }
        return end;
    }

    private boolean equalsAt(int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            int character = bytes[start + i];
            if ((character >= 'A' && character <= 'Z' ? character + 32 : character) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void require(int size) {
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, 2 * bytes.length));
        }
    }

    private static boolean isBlank(byte character) {
        return character == ' ' || character == '\t';
    }
}
