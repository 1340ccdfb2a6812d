package dev.verdict.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Counts the HTTP/1 requests that go over one connection, from its bytes in whatever pieces they
/// come. It only looks: what it cannot make sense of ends the counting, never the traffic.
///
/// Message framing is that of RFC 9112, section 6: `Transfer-Encoding: chunked` before
/// `Content-Length`, no body without either. A line may end in LF alone.
final class HttpCounter {
    /// Longest line of a head, as most servers have it; a longer one is not HTTP.
    private static final int MAX_LINE = 64 * 1024;

    private final Line line = new Line(MAX_LINE);
    private final UpgradeWatch upgrade = new UpgradeWatch();
    private State state = State.REQUEST_LINE;
    private long bodyLeft;
    private boolean chunked;
    private boolean upgradeAsked;

    private enum State {
        REQUEST_LINE,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        /// Not HTTP, or no longer.
        BLIND
    }

    /// Returns how many request heads are completed by the chunk; its position stays.
    int requestsIn(ByteBuffer chunk) {
        int heads = 0;
        int at = chunk.position();
        while (at < chunk.limit() && state != State.BLIND) {
            if (state == State.BODY || state == State.CHUNK) {
                at += skipBody(chunk.limit() - at);
                continue;
            }
            byte next = chunk.get(at++);
            if (state == State.REQUEST_LINE && !line.plausibleMethod(next)) {
                state = State.BLIND;
            } else if (!line.append(next)) {
                state = State.BLIND;
            } else if (next == '\n') {
                heads += lineEnded() ? 1 : 0;
                line.clear();
            }
        }
        return heads;
    }

    /// Looks at what comes back, only while an upgrade is being asked for.
    void answered(ByteBuffer chunk) {
        if (upgrade.accepts(chunk)) {
            state = State.BLIND;
        }
    }

    private int skipBody(int available) {
        int skipped = (int) Math.min(available, bodyLeft);
        bodyLeft -= skipped;
        if (bodyLeft == 0) {
            state = state == State.BODY ? State.REQUEST_LINE : State.CHUNK_END;
        }
        return skipped;
    }

    /// Takes the line that just ended; tells whether it completes a head.
    private boolean lineEnded() {
        switch (state) {
            case REQUEST_LINE -> requestLine();
            case HEADER -> {
                if (line.isEmpty()) {
                    headEnded();
                    return true;
                }
                header();
            }
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> state = line.isEmpty() ? State.CHUNK_SIZE : State.BLIND;
            case TRAILER -> state = line.isEmpty() ? State.REQUEST_LINE : State.TRAILER;
            case BODY, CHUNK, BLIND -> throw new IllegalStateException("no line ends in " + state);
        }
        return false;
    }

    private void requestLine() {
        if (line.isEmpty()) {
            // RFC 9112, section 2.2: an empty line before a request is to be ignored.
            return;
        }
        String text = line.text();
        int version = text.lastIndexOf(" HTTP/1.");
        boolean http = version > text.indexOf(' ') && version + 9 == text.length();
        state = http ? State.HEADER : State.BLIND;
        bodyLeft = 0;
        chunked = false;
        upgradeAsked = false;
    }

    private void header() {
        // Most headers do not matter here: their first letter tells, without making a string.
        int first = line.first() | 0x20;
        if (first != 'c' && first != 't' && first != 'u') {
            return;
        }
        String text = line.text().toLowerCase(Locale.ROOT);
        int colon = text.indexOf(':');
        String name = text.substring(0, Math.max(colon, 0));
        String value = text.substring(colon + 1).strip();
        switch (name) {
            case "content-length" -> contentLength(value);
            case "transfer-encoding" -> chunked = value.endsWith("chunked");
            case "upgrade" -> upgradeAsked = true;
            default -> {
                // Any other header says nothing about where the request ends.
            }
        }
    }

    private void contentLength(String value) {
        long length = number(value, 10);
        if (length < 0) {
            state = State.BLIND;
        }
        bodyLeft = length;
    }

    private void headEnded() {
        if (upgradeAsked) {
            upgrade.expect();
        }
        if (chunked) {
            state = State.CHUNK_SIZE;
        } else {
            state = bodyLeft > 0 ? State.BODY : State.REQUEST_LINE;
        }
    }

    private void chunkSize() {
        String text = line.text();
        int extension = text.indexOf(';');
        long size = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
        bodyLeft = size;
        if (size < 0) {
            state = State.BLIND;
        } else {
            state = size == 0 ? State.TRAILER : State.CHUNK;
        }
    }

    /// Reads a number of digits only; -1 if it is none or does not fit.
    private static long number(String digits, int radix) {
        if (digits.isEmpty() || Character.digit(digits.charAt(0), radix) < 0) {
            return -1;
        }
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// Gathers the bytes of one line, across chunks.
    static final class Line {
        private final int max;
        private byte[] bytes = new byte[256];
        private int length;
        private boolean methodEnded;

        Line(int max) {
            this.max = max;
        }

        /// Tells whether a request line may go on with this byte: its method is of letters (and
        /// `-`, `_`), so that other protocols are told apart by their first bytes.
        boolean plausibleMethod(byte next) {
            if (methodEnded || (length == 0 && (next == '\r' || next == '\n'))) {
                return true;
            }
            if (length == 1 && bytes[0] == '\r') {
                return next == '\n';
            }
            if (next == ' ') {
                methodEnded = true;
                return length > 0;
            }
            int letter = next | 0x20;
            return length < 32 && ((letter >= 'a' && letter <= 'z') || next == '-' || next == '_');
        }

        /// Adds a byte; false if the line has become too long.
        boolean append(byte next) {
            if (length == max) {
                return false;
            }
            if (length == bytes.length) {
                bytes = java.util.Arrays.copyOf(bytes, Math.min(max, 2 * length));
            }
            bytes[length++] = next;
            return true;
        }

        boolean isEmpty() {
            return contentLength() == 0;
        }

        byte first() {
            return bytes[0];
        }

        /// Returns the line without its end.
        String text() {
            return new String(bytes, 0, contentLength(), StandardCharsets.ISO_8859_1);
        }

        void clear() {
            length = 0;
            methodEnded = false;
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
}
