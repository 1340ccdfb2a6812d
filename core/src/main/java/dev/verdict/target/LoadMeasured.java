package dev.verdict.target;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.journal.HistogramText;
import dev.verdict.judge.RunRecord.Told;
import dev.verdict.judge.ScenarioRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// Is what a load of a plan came to, merged from its intervals; histograms lose nothing by that.
///
/// @param intervals in order
public record LoadMeasured(Event.LoadStarted started, List<LoadInterval> intervals, Event.LoadEnded ended) {
    public LoadMeasured {
        intervals = List.copyOf(intervals);
    }

    /// Reads a load's part of the journal.
    ///
    /// @return empty if its end, or an interval, is missing
    public static Optional<LoadMeasured> of(ScenarioRecord scenario) {
        Optional<Event.LoadStarted> started =
                scenario.first(Event.LoadStarted.class).map(Told::event);
        Optional<Event.LoadEnded> ended = scenario.first(Event.LoadEnded.class).map(Told::event);
        List<LoadInterval> intervals =
                scenario.all(LoadInterval.class).stream().map(Told::event).toList();
        return started.isPresent() && ended.isPresent() && ended.get().intervals() == intervals.size()
                ? Optional.of(new LoadMeasured(started.get(), intervals, ended.get()))
                : Optional.empty();
    }

    /// Returns the same for each kind of request, in the order in which they were told first.
    public Map<String, LoadMeasured> byRequest() {
        Map<String, List<LoadInterval>> parts = new LinkedHashMap<>();
        intervals.forEach(interval -> parts.computeIfAbsent(interval.request(), _ -> new ArrayList<>())
                .add(interval));
        Map<String, LoadMeasured> all = new LinkedHashMap<>();
        parts.forEach((request, part) -> all.put(request, new LoadMeasured(started, part, ended)));
        return all;
    }

    /// Returns one histogram of all intervals, in nanoseconds.
    ///
    /// @param which as `LoadInterval::response`
    public Histogram histogram(Function<LoadInterval, String> which) {
        Histogram all = new Histogram(3);
        intervals.stream()
                .map(which)
                .filter(text -> !text.isEmpty())
                .forEach(text -> all.add(HistogramText.read(text)));
        return all;
    }

    /// Returns how many requests came to an end.
    public long total() {
        return intervals.stream().mapToLong(LoadInterval::total).sum();
    }

    /// Returns how many were answered as expected.
    public long answered() {
        return intervals.stream().mapToLong(LoadInterval::answered).sum();
    }

    /// Returns how many were sent.
    public long sent() {
        return intervals.stream().mapToLong(LoadInterval::sent).sum();
    }

    /// Returns how many errors there were, by kind.
    public Map<String, Long> errors() {
        Map<String, Long> errors = new TreeMap<>();
        intervals.forEach(interval -> interval.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum)));
        return errors;
    }

    /// Returns at which places answers differed first from those given alone, the most frequent
    /// first.
    public List<Map.Entry<String, Event.LoadDifference>> differences() {
        return ended.differences().entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Event.LoadDifference> place) ->
                                -place.getValue().count())
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    /// Returns what makes the load invalid; see [LoadValidity].
    public List<String> invalid() {
        Histogram late = histogram(LoadInterval::late);
        Histogram response = histogram(LoadInterval::response);
        return new LoadValidity(
                        Duration.ofNanos(late.getValueAtPercentile(99)),
                        Duration.ofNanos(response.getValueAtPercentile(99)),
                        ended.due(),
                        sent(),
                        ended.busy(),
                        ended.lost())
                .faults();
    }
}
