package dev.verdict.cli;

/// Reports a command line that cannot be followed, in one sentence: exit code 2.
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
