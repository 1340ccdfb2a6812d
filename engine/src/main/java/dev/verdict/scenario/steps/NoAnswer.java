package dev.verdict.scenario.steps;

/// Reports that the system could not be read: refused, cut off, timed out. A step that waits goes
/// on; any other fails.
final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswer(String message, Throwable cause) {
        super(message, cause);
    }

    NoAnswer(String message) {
        super(message);
    }
}
