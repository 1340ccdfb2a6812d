package dev.verdict.plan;

/// Tells the user about one mistake: where, what it is, what is allowed, what was likely meant.
public record Problem(Position position, String message) {
    @Override
    public String toString() {
        return position + ": " + message;
    }
}
