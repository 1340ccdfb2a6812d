package dev.verdict.plan;

import java.util.Optional;

/// Names a value that comes from outside and is redacted everywhere.
///
/// @param name of the environment variable, and of the reference `${name}` in the plan
/// @param file the file that holds the value, relative to the plan; from the environment if absent
public record Secret(String name, Optional<String> file) {}
