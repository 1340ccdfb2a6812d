package dev.verdict.gateway;

import java.nio.ByteBuffer;
import java.util.Locale;

/// Finds where the HTTP/1 messages of one direction begin and end, from its bytes in whatever
/// pieces they come. What it cannot make sense of blinds it for good.
///
/// Framing is that of RFC 9112, section 6: `Transfer-Encoding: chunked` before `Content-Length`.
final class HttpFraming {
    private final HttpStart start;
    private final HttpLine line = new HttpLine();
    private State state = State.START_LINE;
    private long bodyLeft;
    private long length;
    private int content;
    private boolean chunked;

    private enum State {
        START_LINE,
        HEADER,
        BODY,
        /// The end of the stream ends the message.
        UNTIL_END,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        ENDED,
        /// Not HTTP, or no longer.
        BLIND
    }

    /// Says what the bytes just consumed are.
    enum Step {
        /// All bytes are used up.
        MORE,
        /// A head is complete.
        HEAD,
        /// They belong to a body.
        CONTENT,
        /// A message is complete.
        END,
        /// Nothing is known from here on; the rest is not consumed.
        BLIND
    }

    /// Says how a message's body ends unless its headers do.
    enum Body {
        NONE,
        AS_FRAMED,
        UNTIL_END,
        /// What follows is not HTTP any more.
        TUNNEL
    }

    HttpFraming(HttpStart start) {
        this.start = start;
    }

    /// Consumes bytes up to the next thing worth knowing.
    Step next(ByteBuffer bytes) {
        while (true) {
            switch (state) {
                case BLIND -> {
                    return Step.BLIND;
                }
                case ENDED -> {
                    state = State.START_LINE;
                    return Step.END;
                }
                case BODY, CHUNK, UNTIL_END -> {
                    if (!bytes.hasRemaining()) {
                        return Step.MORE;
                    }
                    skipBody(bytes);
                    return Step.CONTENT;
                }
                case START_LINE, HEADER, CHUNK_SIZE, CHUNK_END, TRAILER -> {
                    if (!lineIn(bytes)) {
                        return state == State.BLIND ? Step.BLIND : Step.MORE;
                    }
                    boolean head = lineEnded();
                    line.clear();
                    if (head) {
                        return Step.HEAD;
                    }
                }
            }
        }
    }

    /// Returns how many of the bytes last consumed are the body's own: those at their end.
    int content() {
        return content;
    }

    /// Tells whether nothing of a message has come yet.
    boolean between() {
        return state == State.ENDED || (state == State.START_LINE && line.length() == 0);
    }

    /// Tells whether the end of the stream would complete the message.
    boolean completes() {
        return state == State.UNTIL_END;
    }

    boolean blind() {
        return state == State.BLIND;
    }

    /// Sees nothing any more.
    void close() {
        state = State.BLIND;
    }

    private void skipBody(ByteBuffer bytes) {
        content = state == State.UNTIL_END ? bytes.remaining() : (int) Math.min(bytes.remaining(), bodyLeft);
        bytes.position(bytes.position() + content);
        bodyLeft -= content;
        if (bodyLeft == 0) {
            state = state == State.BODY ? State.ENDED : State.CHUNK_END;
        }
    }

    /// Collects the line; tells whether it is complete.
    private boolean lineIn(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            boolean fits = line.append(next) && (state != State.START_LINE || start.plausible(line));
            if (!fits) {
                close();
                line.release();
                return false;
            }
            if (next == '\n') {
                return true;
            }
        }
        return false;
    }

    /// Takes the line that just ended; tells whether it completes a head.
    private boolean lineEnded() {
        switch (state) {
            case START_LINE -> startLine();
            case HEADER -> {
                if (line.isEmpty()) {
                    headEnded();
                    return true;
                }
                header();
            }
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> state = line.isEmpty() ? State.CHUNK_SIZE : State.BLIND;
            case TRAILER -> state = line.isEmpty() ? State.ENDED : State.TRAILER;
            case BODY, UNTIL_END, CHUNK, ENDED, BLIND -> throw new IllegalStateException("no line ends in " + state);
        }
        return false;
    }

    private void startLine() {
        if (line.isEmpty()) {
            // RFC 9112, section 2.2: an empty line before a request is to be ignored.
            return;
        }
        state = start.read(line.text()) ? State.HEADER : State.BLIND;
        length = -1;
        chunked = false;
    }

    private void header() {
        if (line.isHeader("content-length")) {
            length = number(line.value(), 10);
            if (length < 0) {
                state = State.BLIND;
            }
        } else if (line.isHeader("transfer-encoding")) {
            chunked = line.value().toLowerCase(Locale.ROOT).endsWith("chunked");
        }
    }

    private void headEnded() {
        state = switch (start.body()) {
            case NONE -> State.ENDED;
            case TUNNEL -> State.BLIND;
            case AS_FRAMED -> framed(State.ENDED);
            case UNTIL_END -> framed(State.UNTIL_END);
        };
    }

    private State framed(State otherwise) {
        if (chunked) {
            return State.CHUNK_SIZE;
        }
        bodyLeft = length < 0 ? Long.MAX_VALUE : length;
        if (length < 0) {
            return otherwise;
        }
        return length == 0 ? State.ENDED : State.BODY;
    }

    private void chunkSize() {
        String text = line.text();
        int extension = text.indexOf(';');
        bodyLeft = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
        if (bodyLeft < 0) {
            state = State.BLIND;
        } else {
            state = bodyLeft == 0 ? State.TRAILER : State.CHUNK;
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
}
