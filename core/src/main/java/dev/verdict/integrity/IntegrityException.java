package dev.verdict.integrity;

/// Reports what cannot be digested, compared or generated, in one sentence for the user.
public final class IntegrityException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IntegrityException(String message) {
        super(message);
    }
}
