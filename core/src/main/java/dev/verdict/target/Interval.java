package dev.verdict.target;

/// Is a range in which a number lies with some confidence.
///
/// @param low may be negative infinity: nothing is known below
/// @param high may be infinity: nothing is known above
public record Interval(double low, double high) {}
