package dev.verdict.load;

import dev.verdict.journal.Event;
import dev.verdict.journal.HistogramText;
import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/// Tells a run's journal what a load measures: one event a second for each kind of request.
public final class LoadJournal implements LoadListener {
    private final String scenario;
    private final Journal journal;
    private long intervals;

    /// @param scenario the load's id
    public LoadJournal(String scenario, Journal journal) {
        this.scenario = scenario;
        this.journal = journal;
    }

    @Override
    public void second(List<Interval> told, int active) {
        for (Interval interval : told) {
            Counts counts = interval.counts();
            Latencies latencies = interval.latencies();
            journal.emit(new Event.LoadInterval(
                    scenario,
                    interval.request(),
                    interval.start(),
                    interval.length(),
                    counts.answered(),
                    counts.sent(),
                    active,
                    counts.bytesIn(),
                    counts.bytesOut(),
                    counts.connects(),
                    byLabel(counts.errors()),
                    text(latencies.response()),
                    text(latencies.service()),
                    text(latencies.lag()),
                    text(latencies.late()),
                    text(latencies.firstByte()),
                    text(latencies.gap()),
                    text(latencies.connect())));
            intervals++;
        }
    }

    /// Tells that the load could not begin.
    public void neverBegan(String why) {
        journal.emit(new Event.LoadEnded(scenario, 0, 0, Duration.ZERO, 0, 0, Optional.of(why), Map.of(), Map.of()));
    }

    /// Returns what an event of the journal tells.
    public static Interval interval(Event.LoadInterval told) {
        Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            Optional.ofNullable(told.errors().get(kind.label())).ifPresent(count -> errors.put(kind, count));
        }
        Counts counts = new Counts(
                told.answered(),
                told.sent(),
                told.bytesIn(),
                told.bytesOut(),
                told.connects(),
                errors,
                Map.of(),
                Map.of());
        Latencies latencies = new Latencies(
                histogram(told.response()),
                histogram(told.service()),
                histogram(told.lag()),
                histogram(told.late()),
                histogram(told.firstByte()),
                histogram(told.gap()),
                histogram(told.connect()));
        return new Interval(told.request(), told.start(), told.length(), counts, latencies);
    }

    private static AbstractHistogram histogram(String text) {
        return text.isEmpty() ? new Histogram(3) : HistogramText.read(text);
    }

    /// Tells that the load has ended.
    public void ended(LoadResult result) {
        Counts counts = result.all().counts();
        Map<String, Event.LoadDifference> differences = new TreeMap<>();
        counts.differences()
                .forEach((place, one) -> differences.put(place, new Event.LoadDifference(one.count(), one.example())));
        journal.emit(new Event.LoadEnded(
                scenario,
                intervals,
                result.due(),
                result.lasted(),
                result.busy(),
                result.lost(),
                result.stopped(),
                byLabel(counts.examples()),
                differences));
    }

    private static <V> Map<String, V> byLabel(Map<ErrorKind, V> byKind) {
        return byKind.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().label(), Map.Entry::getValue, (one, _) -> one, TreeMap::new));
    }

    /// An empty histogram takes no room.
    private static String text(AbstractHistogram histogram) {
        return histogram.getTotalCount() == 0 ? "" : HistogramText.of(histogram);
    }
}
