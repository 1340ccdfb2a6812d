package dev.verdict.environment;

import java.time.Duration;

/// Writes durations for people.
final class Durations {
    private Durations() {}

    static String show(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
