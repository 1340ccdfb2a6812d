package dev.verdict.plan;

import java.util.Optional;
import java.util.OptionalInt;

/// Names a TCP port that a service listens on.
///
/// @param name unique in its service
/// @param env the environment variable that hands the number to the service
/// @param fixed the number, 1 to 65535; a free one is chosen if absent
public record Port(String name, Optional<String> env, OptionalInt fixed) {}
