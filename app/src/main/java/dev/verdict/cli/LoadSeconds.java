package dev.verdict.cli;

import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.journal.HistogramText;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/// Puts into words what the loads of a run did in their last second, all kinds of requests of a
/// load together.
final class LoadSeconds {
    private final Map<String, Second> seconds = new HashMap<>();

    private record Second(Duration start, Duration length, long total, long errors, Histogram response) {
        private static Second of(LoadInterval one) {
            Histogram response = one.response().isEmpty() ? new Histogram(3) : HistogramText.read(one.response());
            return new Second(one.start(), one.length(), one.total(), one.total() - one.answered(), response);
        }

        private Second plus(Second other) {
            if (!start.equals(other.start)) {
                return other;
            }
            Histogram both = response.copy();
            both.add(other.response);
            return new Second(start, length, total + other.total, errors + other.errors, both);
        }
    }

    /// Takes what one kind of request did, and returns words for its load's second so far.
    String words(LoadInterval one) {
        Second second = seconds.merge(one.scenario(), Second.of(one), Second::plus);
        return "%d s, %s"
                .formatted(
                        second.start.plus(second.length).toSeconds(),
                        words(second.length, second.total, second.errors, second.response));
    }

    /// Puts what ended within a time into words.
    static String words(Duration length, long total, long errors, AbstractHistogram response) {
        return String.format(
                Locale.ROOT,
                "%,.0f/s, p50 %.2f ms, p99 %.2f ms, %,d errors",
                total / Math.max(1e-9, length.toNanos() / 1e9),
                response.getValueAtPercentile(50) / 1e6,
                response.getValueAtPercentile(99) / 1e6,
                errors);
    }
}
