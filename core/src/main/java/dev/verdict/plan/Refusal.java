package dev.verdict.plan;

/// Tells why a value is not accepted; whoever knows the place makes a [Problem] of it.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String message) {
        super(message, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
