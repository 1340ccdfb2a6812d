package dev.verdict.report;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.journal.HistogramText;
import dev.verdict.judge.ScenarioRecord;
import dev.verdict.target.LoadMeasured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Builds what the page shows of a load: its requests' latencies, errors, and both over time.
final class LoadRows {
    private static final int MOST_POINTS = 300;
    private static final SortedMap<String, Double> PERCENTILES =
            new TreeMap<>(Map.of("p50", 50.0, "p90", 90.0, "p95", 95.0, "p99", 99.0, "p99.9", 99.9, "max", 100.0));

    private LoadRows() {}

    /// Returns a load's part of the page; empty for another scenario, or a load without an end.
    static Optional<Page.LoadPart> part(String scenario, Facts facts) {
        return LoadMeasured.of(new ScenarioRecord(scenario, Optional.empty(), "", facts.entries()))
                .map(load -> part(load, facts));
    }

    private static Page.LoadPart part(LoadMeasured load, Facts facts) {
        List<Page.LoadRow> rows = new ArrayList<>();
        load.byRequest().forEach((request, one) -> rows.add(row(request, one)));
        if (rows.size() > 1) {
            rows.add(row("all", load));
        }
        List<Page.StreamRow> streams = new ArrayList<>();
        load.byRequest().forEach((request, one) -> stream(request, one).ifPresent(streams::add));
        List<Page.KindRow> errors = new ArrayList<>();
        load.errors()
                .forEach((kind, count) -> errors.add(
                        new Page.KindRow(kind, count, load.ended().examples().getOrDefault(kind, ""))));
        List<Page.KindRow> differences = load.differences().stream()
                .map(place -> new Page.KindRow(
                        place.getKey(),
                        place.getValue().count(),
                        place.getValue().example()))
                .toList();
        return new Page.LoadPart(
                load.started().what(),
                load.ended().due(),
                load.ended().busy(),
                rows,
                streams,
                errors,
                differences,
                load.invalid(),
                load.ended().stopped(),
                seconds(facts));
    }

    /// Returns what a load measured, for programs; empty for another scenario.
    static Optional<RunJson.Load> numbers(String scenario, Facts facts) {
        return LoadMeasured.of(new ScenarioRecord(scenario, Optional.empty(), "", facts.entries()))
                .map(load -> {
                    Histogram response = load.histogram(LoadInterval::response);
                    Map<String, Double> milliseconds = new LinkedHashMap<>();
                    PERCENTILES.forEach((name, percentile) ->
                            at(response, percentile).ifPresent(value -> milliseconds.put(name, value)));
                    return new RunJson.Load(
                            load.total(), load.errors(), load.total() / seconds(load), milliseconds, load.invalid());
                });
    }

    private static Page.LoadRow row(String request, LoadMeasured load) {
        Histogram response = load.histogram(LoadInterval::response);
        Histogram service = load.histogram(LoadInterval::service);
        return new Page.LoadRow(
                Shortened.to(200, request),
                load.total(),
                load.total() - load.answered(),
                load.total() / seconds(load),
                at(response, 50),
                at(response, 90),
                at(response, 99),
                at(response, 99.9),
                at(response, 100),
                at(service, 99));
    }

    /// Returns what came of streams, if more than one event came of any: then there are gaps.
    private static Optional<Page.StreamRow> stream(String request, LoadMeasured load) {
        Histogram gap = load.histogram(LoadInterval::gap);
        if (gap.getTotalCount() == 0) {
            return Optional.empty();
        }
        Histogram first = load.histogram(LoadInterval::firstByte);
        long events = gap.getTotalCount() + first.getTotalCount();
        return Optional.of(new Page.StreamRow(
                Shortened.to(200, request),
                events,
                events / seconds(load),
                at(first, 50),
                at(first, 99),
                at(gap, 50),
                at(gap, 99),
                at(gap, 100)));
    }

    private static double seconds(LoadMeasured load) {
        return Math.max(1e-9, load.ended().lasted().toNanos() / 1e9);
    }

    private static Optional<Double> at(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(Millis.of(histogram.getValueAtPercentile(percentile)));
    }

    /// Returns for each second, or for several together where there are many: when it began, how
    /// many requests ended in a second, how many of them in errors, p50, p99 and the longest.
    private static List<double[]> seconds(Facts facts) {
        TreeMap<Long, List<Entry>> byStart = new TreeMap<>();
        for (Entry entry : facts.entriesOf(LoadInterval.class)) {
            LoadInterval interval = (LoadInterval) entry.event();
            byStart.computeIfAbsent(interval.start().toNanos(), _ -> new ArrayList<>())
                    .add(entry);
        }
        int together = Math.ceilDiv(byStart.size(), MOST_POINTS);
        List<double[]> points = new ArrayList<>();
        List<Entry> group = new ArrayList<>();
        int seconds = 0;
        for (List<Entry> second : byStart.values()) {
            group.addAll(second);
            seconds++;
            if (seconds == together) {
                points.add(point(group));
                group.clear();
                seconds = 0;
            }
        }
        if (!group.isEmpty()) {
            points.add(point(group));
        }
        return points;
    }

    private static double[] point(List<Entry> group) {
        Histogram response = new Histogram(3);
        long total = 0;
        long answered = 0;
        double length = 0;
        String first = ((LoadInterval) group.getFirst().event()).request();
        for (Entry entry : group) {
            LoadInterval interval = (LoadInterval) entry.event();
            total += interval.total();
            answered += interval.answered();
            length += interval.request().equals(first) ? interval.length().toNanos() / 1e9 : 0;
            if (!interval.response().isEmpty()) {
                response.add(HistogramText.read(interval.response()));
            }
        }
        LoadInterval opening = (LoadInterval) group.getFirst().event();
        double from = Math.max(
                0, Millis.of(group.getFirst().nanos() - opening.length().toNanos()));
        double seconds = Math.max(1e-9, length);
        return new double[] {
            from,
            length * 1000,
            total / seconds,
            (total - answered) / seconds,
            Millis.of(response.getValueAtPercentile(50)),
            Millis.of(response.getValueAtPercentile(99)),
            Millis.of(response.getMaxValue())
        };
    }

    /// Returns how many requests ended over time: answered, and in errors.
    static Optional<Page.ActivityRow> activity(String scenario, String name, Facts facts) {
        List<double[]> seconds = facts.first(Event.LoadStarted.class).isPresent() ? seconds(facts) : List.of();
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        double from = seconds.getFirst()[0];
        double step =
                seconds.size() == 1 ? seconds.getFirst()[1] : (seconds.getLast()[0] - from) / (seconds.size() - 1);
        return Optional.of(new Page.ActivityRow(
                scenario,
                name,
                from,
                step,
                seconds.stream()
                        .map(second -> new long[] {Math.round(second[2] - second[3]), 0, Math.round(second[3])})
                        .toList()));
    }
}
