package dev.verdict.plan;

/// Is a file that a run makes before the system starts: incompressible, and the same for the same
/// size and seed on every machine.
///
/// @param size in bytes
/// @param copies how many more the system and the scenarios make of it, for which there must be
///     room before anything starts
public record Artifact(String name, long size, long seed, int copies) {}
