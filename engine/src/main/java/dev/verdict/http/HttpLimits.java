package dev.verdict.http;

/// Bounds what a response may be, so that no service can fill the memory.
///
/// @param headBytes of the status line and all headers, and of all trailers
/// @param bodyBytes of the body, as sent and as decoded
public record HttpLimits(int headBytes, long bodyBytes) {
    /// Allows 64 KiB of headers and 64 MiB of body.
    public static final HttpLimits DEFAULT = new HttpLimits(64 << 10, 64L << 20);

    public HttpLimits {
        if (headBytes < 1 || bodyBytes < 0) {
            throw new IllegalArgumentException("limits of " + headBytes + " and " + bodyBytes + " bytes");
        }
    }

    /// Returns the same limits without one for the body: for a stream that is read as it comes.
    HttpLimits endless() {
        return new HttpLimits(headBytes, Long.MAX_VALUE);
    }
}
