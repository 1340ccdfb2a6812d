package dev.verdict.consistency;

/// Reports a history that cannot be read or cannot have happened, with its line.
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long line;

    /// Reports a mistake in a line, counted from 1.
    public HistoryException(long line, String message) {
        super("line " + line + ": " + message);
        this.line = line;
    }

    /// Reports a mistake that no single line makes.
    public HistoryException(String message) {
        super(message);
        this.line = 0;
    }

    /// Returns the line, from 1; 0 if no single line is wrong.
    public long line() {
        return line;
    }
}
