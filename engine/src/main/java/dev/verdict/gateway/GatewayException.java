package dev.verdict.gateway;

/// Reports that a link cannot be had, in one sentence for the user.
public final class GatewayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public GatewayException(String message) {
        super(message);
    }

    public GatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}
