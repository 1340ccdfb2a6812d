package dev.verdict.report;

import java.time.Duration;

/// Turns times into the page's unit: milliseconds, two decimals.
final class Millis {
    private Millis() {}

    static double of(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }

    static double of(Duration duration) {
        return of(duration.toNanos());
    }
}
