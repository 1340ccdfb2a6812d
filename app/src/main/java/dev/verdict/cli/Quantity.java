package dev.verdict.cli;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a time or a size of the command line, written as in plans.
final class Quantity {
    private static final Pattern WORD = Pattern.compile("([0-9]{1,9})\\s*([A-Za-z]+)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "min",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1));
    private static final Map<String, Long> SIZES = Map.of(
            "kB", 1000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Quantity() {}

    static Duration duration(String word) {
        Matcher matcher = WORD.matcher(word);
        Duration unit = matcher.matches() ? TIMES.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new UsageException("'%s' is no time; it is a number and ms, s, min or h, as 60s".formatted(word));
        }
        return unit.multipliedBy(Long.parseLong(matcher.group(1)));
    }

    static long bytes(String word) {
        Matcher matcher = WORD.matcher(word);
        Long unit = matcher.matches() ? SIZES.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new UsageException(
                    "'%s' is no size; it is a number and kB, MB, GB, KiB, MiB or GiB, as 1GiB".formatted(word));
        }
        return unit * Long.parseLong(matcher.group(1));
    }
}
