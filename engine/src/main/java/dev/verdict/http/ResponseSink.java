package dev.verdict.http;

import java.nio.ByteBuffer;

/// Takes what a parser finds in the bytes of a response, in order: one head, any number of parts of
/// the body, and trailers if there are some.
public interface ResponseSink {
    /// Takes the head; it is valid only during the call.
    void head(ResponseHead head) throws HttpFailure;

    /// Takes a part of the body: what remains in the buffer, which is the one that was fed and is
    /// valid only during the call.
    void body(ByteBuffer part) throws HttpFailure;

    /// Takes the fields behind a chunked body.
    default void trailers(Headers trailers) {}
}
