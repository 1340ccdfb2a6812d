package dev.verdict.workload;

/// Says that no answer came, and what came in its place.
final class Unanswered extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean sent;

    /// @param what in a few words, as `timed out`
    /// @param sent whether the system may have been asked
    Unanswered(String what, boolean sent, Throwable cause) {
        super(what, cause);
        this.sent = sent;
    }

    boolean sent() {
        return sent;
    }

    String what() {
        return String.valueOf(getMessage());
    }
}
