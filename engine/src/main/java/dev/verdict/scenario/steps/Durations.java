package dev.verdict.scenario.steps;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/// Reads and writes times as a scenario says them: `10 seconds`, `1 minute`, `200 ms`.
final class Durations {
    static final String PATTERN = "\\d+(?:\\.\\d+)? (?:ms|milliseconds?|seconds?|minutes?|hours?)";

    private Durations() {}

    static Duration parse(String words) {
        String[] parts = words.strip().split(" ", 2);
        long millis = switch (parts[1]) {
            case "ms", "millisecond", "milliseconds" -> 1;
            case "second", "seconds" -> 1_000;
            case "minute", "minutes" -> 60_000;
            case "hour", "hours" -> 3_600_000;
            default -> throw new IllegalArgumentException("no unit of time: " + words);
        };
        return Duration.ofNanos(new BigDecimal(parts[0])
                .multiply(BigDecimal.valueOf(millis * 1_000_000))
                .longValue());
    }

    static String show(Duration time) {
        long millis = time.toMillis();
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
    }
}
