package dev.verdict.load;

import java.time.Duration;

/// Is what was measured of one kind of request in one span of time: a second, or all of a load.
///
/// The histograms are valid only until the listener that was told of it returns; whoever wants to
/// keep them adds them to others.
///
/// @param request its name
/// @param start since the load's start
/// @param length about a second
public record Interval(String request, Duration start, Duration length, Counts counts, Latencies latencies) {}
