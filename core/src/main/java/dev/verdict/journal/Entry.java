package dev.verdict.journal;

import java.time.Instant;

/// Places an event in a journal.
///
/// @param seq from 1, without gaps
/// @param at wall time
/// @param nanos since the journal was opened, by a clock that never steps back
public record Entry(long seq, Instant at, long nanos, Event event) {}
