package dev.verdict.environment.docker;

import dev.verdict.environment.EnvironmentException;

/// Reports that a Docker engine did not do what it was asked, in one sentence for the user.
public final class EngineException extends EnvironmentException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Says why, for callers who can do something about it.
    public enum Kind {
        /// The engine is missing, not permitted, too old, or does not answer any more.
        UNREACHABLE,
        /// What was named does not exist, or not any more.
        GONE,
        /// It is in a state in which this cannot be done, or the name is taken.
        CONFLICT,
        /// The engine or the kernel said no.
        REFUSED
    }

    EngineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
