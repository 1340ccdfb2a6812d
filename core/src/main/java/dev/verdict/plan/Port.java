package dev.verdict.plan;

import java.util.Optional;
import java.util.OptionalInt;

/// Names a TCP port that a service listens on.
///
/// @param name unique in its service
/// @param env the environment variable that hands the number to the service
/// @param fixed the number, 1 to 65535, on this machine; a free one is chosen if absent
/// @param container the number inside the container, for a service that is one
public record Port(String name, Optional<String> env, OptionalInt fixed, OptionalInt container) {
    /// Names a port of a process.
    public Port(String name, Optional<String> env, OptionalInt fixed) {
        this(name, env, fixed, OptionalInt.empty());
    }
}
