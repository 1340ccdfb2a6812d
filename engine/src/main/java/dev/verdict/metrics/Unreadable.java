package dev.verdict.metrics;

/// Says why there is no value; `getMessage` is a clause for people.
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }
}
