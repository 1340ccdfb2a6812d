package dev.verdict.consistency;

/// Says how an operation ended.
public enum Completion {
    /// It happened, between its call and its return.
    OK(0),
    /// It did not happen and never will.
    FAIL(1),
    /// Nobody knows: it may happen at any time after its call, or never.
    INFO(2);

    private final int code;

    Completion(int code) {
        this.code = code;
    }

    /// Returns the two bits that stand for it in a history.
    int code() {
        return code;
    }

    static Completion of(int code) {
        return switch (code) {
            case 0 -> OK;
            case 1 -> FAIL;
            default -> INFO;
        };
    }
}
