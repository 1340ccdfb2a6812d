package dev.verdict.fault;

/// Reports that a fault cannot act or cannot be undone, in one sentence for the user.
public final class FaultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FaultException(String message) {
        super(message);
    }

    public FaultException(String message, Throwable cause) {
        super(message, cause);
    }
}
