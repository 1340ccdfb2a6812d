package dev.verdict.scenario.steps;

import java.time.Duration;
import java.util.Optional;

/// Says how long a fault acts: for a time, or until it is undone.
///
/// @param time empty for the latter
record Lasting(Optional<Duration> time) {
    /// Matches the words after a fault, or nothing at all.
    static final String PATTERN = "(?: for " + Durations.PATTERN + ")?";

    static Lasting parse(String words) {
        String time = words.strip();
        return new Lasting(time.isEmpty() ? Optional.empty() : Optional.of(Durations.parse(time.substring(4))));
    }
}
