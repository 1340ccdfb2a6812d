package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;

/// Says that there was an answer, but one that says that it did not work.
final class WrongAnswer extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorKind kind;

    WrongAnswer(ErrorKind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ErrorKind kind() {
        return kind;
    }
}
