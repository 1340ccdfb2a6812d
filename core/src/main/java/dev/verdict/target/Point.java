package dev.verdict.target;

/// Is a value at a time.
///
/// @param seconds since the journal was opened
public record Point(double seconds, double value) {}
