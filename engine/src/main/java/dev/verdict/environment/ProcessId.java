package dev.verdict.environment;

/// Tells a process from a later one that got the same number.
///
/// @param start when it started, in the unit of the process table that said so
public record ProcessId(long pid, long start) {}
