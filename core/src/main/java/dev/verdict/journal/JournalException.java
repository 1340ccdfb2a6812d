package dev.verdict.journal;

/// Reports that a journal cannot be written or read: the disk is full, the journal is closed, a
/// line is damaged.
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
