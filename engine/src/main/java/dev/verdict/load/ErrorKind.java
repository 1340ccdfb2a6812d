package dev.verdict.load;

import java.util.Locale;

/// Says why a request counts as an error.
public enum ErrorKind {
    /// Nobody listens there.
    REFUSED,
    /// The host is unknown, or no way leads to it.
    UNREACHABLE,
    /// No answer came in time.
    TIMED_OUT,
    /// The other side broke the connection.
    RESET,
    /// The connection ended, in an orderly way, before the answer did.
    CUT_OFF,
    /// What came does not follow the protocol.
    MALFORMED,
    /// A limit was exceeded.
    TOO_LARGE,
    /// The certificate is not trusted, or is not this host's.
    CERTIFICATE,
    /// TLS failed for another reason.
    TLS,
    /// The answer has a status that was not expected.
    STATUS,
    /// The answer does not hold what was expected.
    CHECK,
    /// The answer is not what it is when nobody else asks.
    DIFFERS,
    /// It was due, but the load ended before it could be sent.
    UNSENT;

    /// Returns the kind as people read it, as `timed out`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Tells whether somebody waited in vain: such a wait is a latency as well, a lower bound of
    /// one. Other errors may be quick, and must not make the percentiles look better.
    boolean waited() {
        return this == TIMED_OUT || this == UNSENT;
    }

    /// Tells whether there was an answer, although a wrong one.
    boolean answered() {
        return this == STATUS || this == CHECK || this == DIFFERS;
    }
}
