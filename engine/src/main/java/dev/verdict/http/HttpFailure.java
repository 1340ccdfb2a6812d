package dev.verdict.http;

import java.io.IOException;

/// Reports that there is no response, in one sentence, and what kept it from coming.
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Says what kept a response from coming.
    public enum Kind {
        /// Nobody listens there.
        REFUSED,
        /// The host is unknown, or no way leads to it.
        UNREACHABLE,
        /// The time was over.
        TIMED_OUT,
        /// The other side broke the connection.
        RESET,
        /// The connection ended, in an orderly way, before the response did.
        CUT_OFF,
        /// What came is no HTTP/1 response.
        MALFORMED,
        /// A limit was exceeded.
        TOO_LARGE,
        /// The certificate is not trusted, or is not this host's.
        CERTIFICATE,
        /// TLS failed for another reason.
        TLS
    }

    public HttpFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public HttpFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// Returns what kept the response from coming.
    public Kind kind() {
        return kind;
    }

    /// Tells what a failure of a socket, of TLS or of the protocol means.
    public static HttpFailure of(IOException cause) {
        return Failures.of(cause);
    }

    static HttpFailure malformed(String message) {
        return new HttpFailure(Kind.MALFORMED, message);
    }

    static HttpFailure tooLarge(String message) {
        return new HttpFailure(Kind.TOO_LARGE, message);
    }
}
