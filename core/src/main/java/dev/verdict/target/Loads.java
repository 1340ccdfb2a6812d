package dev.verdict.target;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.ScenarioRecord;
import dev.verdict.plan.Load;
import dev.verdict.plan.Measure;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/// Measures loads: one request, a load, or all loads of a suite.
record Loads(RunRecord run) {
    /// Is what a load came to, with the part of it that is asked for.
    private record Part(ScenarioRecord scenario, LoadMeasured load) {}

    Measurement measure(String subject, Measure measure) {
        List<Part> parts = new ArrayList<>();
        for (Suite suite : run.plan().suites()) {
            for (Load load : suite.loads()) {
                Optional<String> request = request(subject, suite, load);
                if (request.isPresent()) {
                    Optional<ScenarioRecord> scenario = scenario(suite.id(load));
                    Optional<LoadMeasured> measured = scenario.flatMap(LoadMeasured::of);
                    if (measured.isEmpty()) {
                        return new Measurement.Missing(
                                "the load " + suite.id(load) + " did not run to its end, or its record is not whole");
                    }
                    List<String> invalid = measured.get().invalid();
                    if (!invalid.isEmpty()) {
                        return new Measurement.Missing("the load was invalid: " + String.join("; ", invalid));
                    }
                    Optional<LoadMeasured> part = request.get().isEmpty()
                            ? measured
                            : Optional.ofNullable(measured.get().byRequest().get(request.get()));
                    if (part.isEmpty()) {
                        return new Measurement.Missing("the request " + request.get() + " was never sent");
                    }
                    parts.add(new Part(scenario.orElseThrow(), part.get()));
                }
            }
        }
        return parts.isEmpty() ? new Measurement.Missing("no load is called " + subject) : measure(parts, measure);
    }

    /// Returns the request that is meant, empty text for all of the load; nothing if another load is.
    private static Optional<String> request(String subject, Suite suite, Load load) {
        String name = suite.name() + "/" + load.name();
        if (subject.equals(suite.name()) || subject.equals(name)) {
            return Optional.of("");
        }
        return load.requests().stream()
                .map(Load.Request::name)
                .filter(request -> subject.equals(name + "/" + request))
                .findFirst();
    }

    private Optional<ScenarioRecord> scenario(String id) {
        return run.scenarios().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst();
    }

    private Measurement measure(List<Part> parts, Measure measure) {
        List<LoadMeasured> loads = parts.stream().map(Part::load).toList();
        long total = loads.stream().mapToLong(LoadMeasured::total).sum();
        if (total == 0) {
            return new Measurement.Missing("no request was sent");
        }
        String source = "%,d requests".formatted(total);
        return switch (measure) {
            case LOAD_LATENCY -> latency(loads, source);
            case LOAD_SERVICE -> histogram(loads, LoadInterval::service, source);
            case LOAD_FIRST_BYTE -> histogram(loads, LoadInterval::firstByte, source);
            case LOAD_CONNECT -> histogram(loads, LoadInterval::connect, "connections of " + source);
            case LOAD_REQUESTS -> new Measurement.Single((double) total, Unit.COUNT, source);
            case LOAD_ERRORS -> {
                long answered = loads.stream().mapToLong(LoadMeasured::answered).sum();
                yield new Measurement.Share(new Proportion(total - answered, total), source);
            }
            case LOAD_THROUGHPUT -> rate(loads, LoadMeasured::answered, Unit.RATE, source);
            case LOAD_BANDWIDTH -> rate(loads, Loads::bytes, Unit.BYTE_RATE, source);
            case LOAD_RECOVERY -> recovery(parts);
            default -> throw new IllegalArgumentException(measure + " is not measured of loads");
        };
    }

    /// Measures responses, of which the generator's own lateness is a part.
    private static Measurement latency(List<LoadMeasured> loads, String source) {
        Measurement response = histogram(loads, LoadInterval::response, source);
        return response instanceof Measurement.Values values
                        && histogram(loads, LoadInterval::late, source) instanceof Measurement.Values late
                ? new Measurement.Values(values.sorted(), Unit.TIME, source, Optional.of(late.sorted()))
                : response;
    }

    private static Measurement histogram(
            List<LoadMeasured> loads, Function<LoadInterval, String> which, String source) {
        Histogram all = new Histogram(3);
        loads.forEach(load -> all.add(load.histogram(which)));
        return all.getTotalCount() == 0
                ? new Measurement.Missing("no request was answered")
                : new Measurement.Values(Sorted.of(all), Unit.TIME, source);
    }

    private static long bytes(LoadMeasured load) {
        return load.intervals().stream()
                .mapToLong(interval -> interval.bytesIn() + interval.bytesOut())
                .sum();
    }

    private static Measurement rate(
            List<LoadMeasured> loads, Function<LoadMeasured, Long> count, Unit unit, String source) {
        double rate = loads.stream()
                .mapToDouble(load -> count.apply(load) / (load.ended().lasted().toNanos() / 1e9))
                .sum();
        return new Measurement.Single(rate, unit, source);
    }

    /// Measures from the end of each fault until the last interval with errors before the next one.
    private Measurement recovery(List<Part> parts) {
        List<Double> took = new ArrayList<>();
        for (Part part : parts) {
            List<Entry> seconds = part.scenario().entries().stream()
                    .filter(entry -> part.load().intervals().contains(entry.event()))
                    .toList();
            Duration last = interval(seconds.getLast()).start();
            long from = seconds.getFirst().nanos();
            long to = seconds.getLast().nanos();
            List<Entry> ends = run.byKind().getOrDefault(Event.FaultEnded.class, List.of()).stream()
                    .filter(entry -> entry.nanos() > from && entry.nanos() < to)
                    .toList();
            for (Entry end : ends) {
                long next = next(end.nanos(), to);
                List<Entry> wrong = seconds.stream()
                        .filter(entry -> entry.nanos() > end.nanos() && entry.nanos() <= next)
                        .filter(entry -> !interval(entry).errors().isEmpty())
                        .toList();
                if (wrong.stream().anyMatch(entry -> interval(entry).start().equals(last))) {
                    return new Measurement.Missing("there were errors until the load ended");
                }
                took.add(wrong.isEmpty() ? 0.0 : (double) (wrong.getLast().nanos() - end.nanos()));
            }
        }
        return took.isEmpty()
                ? new Measurement.Missing("no fault ended while the load ran")
                : new Measurement.Values(Sorted.of(took), Unit.TIME, "each end of a fault under load");
    }

    private static LoadInterval interval(Entry entry) {
        return (LoadInterval) entry.event();
    }

    private long next(long after, long last) {
        return run.byKind().getOrDefault(Event.FaultStarted.class, List.of()).stream()
                .mapToLong(Entry::nanos)
                .filter(nanos -> nanos > after)
                .min()
                .orElse(last);
    }
}
