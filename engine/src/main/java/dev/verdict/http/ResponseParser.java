package dev.verdict.http;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds responses in the bytes of a connection, in whatever pieces they come (RFC 9112).
///
/// Call [#begin] for each request that was sent, then [#feed] with what arrives until it answers
/// true. A body passes through without a copy and without allocation. The parser never waits, and
/// belongs to one connection and one thread at a time; after a failure it is of no more use.
public final class ResponseParser {
    /// Bounds the heads of `100 Continue` and its like before the response proper.
    private static final int MAX_INTERIM = 16;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    private final HttpLimits limits;
    private final FieldLines lines;
    private final ResponseHead head;
    private final ChunkSize chunk = new ChunkSize();
    private @Nullable ResponseSink sink;
    private State state = State.DONE;
    private boolean ofHead;
    private boolean begun;
    private boolean reusable;
    private int interim;
    private long left;
    private long taken;

    private enum State {
        HEAD,
        BODY,
        BODY_UNTIL_END,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        DONE
    }

    public ResponseParser(HttpLimits limits) {
        this.limits = limits;
        this.lines = new FieldLines(limits.headBytes());
        this.head = new ResponseHead(lines);
    }

    /// Makes ready for the response to a request.
    ///
    /// @param method whose response has no body if it is HEAD
    /// @param sink takes the response
    public void begin(String method, ResponseSink sink) {
        this.sink = sink;
        ofHead = method.equals("HEAD");
        begun = false;
        reusable = false;
        interim = 0;
        taken = 0;
        lines.clear();
        state = State.HEAD;
    }

    /// Takes bytes; what is behind the end of the response stays in the buffer.
    ///
    /// @return whether the response is complete
    /// @throws HttpFailure if this is no HTTP/1 response, or exceeds a limit
    public boolean feed(ByteBuffer bytes) throws HttpFailure {
        begun |= bytes.hasRemaining();
        while (state != State.DONE && bytes.hasRemaining()) {
            switch (state) {
                case HEAD -> readHead(bytes);
                case BODY, CHUNK -> readBody(bytes);
                case BODY_UNTIL_END -> pass(bytes, bytes.remaining());
                case CHUNK_SIZE -> readChunkSize(bytes);
                case CHUNK_END -> readChunkEnd(bytes);
                case TRAILERS -> readTrailers(bytes);
                case DONE -> throw new IllegalStateException("the loop ends before");
            }
        }
        return state == State.DONE;
    }

    /// Takes note that the connection has ended, which completes a response that lasts until then.
    ///
    /// @throws HttpFailure if the response is not complete
    public void end() throws HttpFailure {
        reusable = false;
        switch (state) {
            case DONE -> {}
            case BODY_UNTIL_END -> state = State.DONE;
            case HEAD ->
                throw new HttpFailure(
                        HttpFailure.Kind.CUT_OFF,
                        begun ? "the connection ended within the headers" : "the connection ended without a response");
            case BODY ->
                throw new HttpFailure(
                        HttpFailure.Kind.CUT_OFF,
                        "the connection ended after %d of %d bytes of the body".formatted(taken, taken + left));
            case CHUNK_SIZE, CHUNK, CHUNK_END, TRAILERS ->
                throw new HttpFailure(
                        HttpFailure.Kind.CUT_OFF,
                        "the connection ended after %d bytes of a body whose end has not come".formatted(taken));
        }
    }

    /// Tells whether anything of the response has come.
    public boolean begun() {
        return begun;
    }

    /// Tells whether another request may be sent over the connection, now that the response is
    /// complete.
    public boolean reusable() {
        return reusable && state == State.DONE;
    }

    private void readHead(ByteBuffer bytes) throws HttpFailure {
        boolean complete = lines.collect(bytes);
        head.requireVersion();
        if (!complete) {
            return;
        }
        head.parse();
        if (head.status() == SWITCHING_PROTOCOLS) {
            throw HttpFailure.malformed("the service switches protocols, which nobody asked for");
        }
        if (head.status() < 200) {
            lines.clear();
            if (++interim > MAX_INTERIM) {
                throw HttpFailure.tooLarge("more than " + MAX_INTERIM + " interim responses");
            }
            return;
        }
        reusable = head.persistent();
        state = afterHead();
        sink().head(head);
    }

    /// Decides how the body ends (RFC 9112, section 6.3).
    private State afterHead() throws HttpFailure {
        if (ofHead || head.status() == NO_CONTENT || head.status() == NOT_MODIFIED) {
            return State.DONE;
        }
        if (head.chunked()) {
            chunk.clear();
            return State.CHUNK_SIZE;
        }
        if (head.length() == ResponseHead.UNKNOWN) {
            reusable = false;
            return State.BODY_UNTIL_END;
        }
        require(head.length());
        left = head.length();
        return left == 0 ? State.DONE : State.BODY;
    }

    private void readBody(ByteBuffer bytes) throws HttpFailure {
        int part = (int) Math.min(left, bytes.remaining());
        left -= part;
        pass(bytes, part);
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_END : State.DONE;
        }
    }

    private void readChunkSize(ByteBuffer bytes) throws HttpFailure {
        if (chunk.read(bytes)) {
            left = chunk.size();
            require(left);
            if (left == 0) {
                lines.clear();
                state = State.TRAILERS;
            } else {
                state = State.CHUNK;
            }
        }
    }

    private void readChunkEnd(ByteBuffer bytes) throws HttpFailure {
        if (chunk.end(bytes)) {
            chunk.clear();
            state = State.CHUNK_SIZE;
        }
    }

    private void readTrailers(ByteBuffer bytes) throws HttpFailure {
        if (lines.collect(bytes)) {
            lines.parse(0);
            if (lines.count() > 0) {
                sink().trailers(lines.headers());
            }
            state = State.DONE;
        }
    }

    private void pass(ByteBuffer bytes, int part) throws HttpFailure {
        require(part);
        taken += part;
        int limit = bytes.limit();
        int end = bytes.position() + part;
        sink().body(bytes.limit(end));
        bytes.limit(limit).position(end);
    }

    private ResponseSink sink() {
        return Objects.requireNonNull(sink, "a response begins before it is read");
    }

    private void require(long more) throws HttpFailure {
        if (more > limits.bodyBytes() - taken) {
            throw HttpFailure.tooLarge("the body has more than " + limits.bodyBytes() + " bytes");
        }
    }
}
