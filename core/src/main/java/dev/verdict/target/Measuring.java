package dev.verdict.target;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Event.MetricSampled;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.RunRecord.Told;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads from the journal what targets are bound to.
final class Measuring {
    private final RunRecord run;
    private final List<ScenarioResult> scenarios;

    Measuring(RunRecord run, List<ScenarioResult> scenarios) {
        this.run = run;
        this.scenarios = List.copyOf(scenarios);
    }

    Measurement measure(Target.Source source) {
        return switch (source) {
            case Target.Measured measured -> own(measured);
            case Target.Reported(String value) -> reported(value);
            case Target.Metric metric -> metric(metric);
            case Target.Query query -> series(query.from().source(), query.query(), false);
        };
    }

    private Measurement own(Target.Measured measured) {
        Services services = new Services(run);
        String subject = measured.subject();
        return switch (measured.measure()) {
            case SYSTEM_READY -> services.systemReady();
            case SYSTEM_SHUTDOWN ->
                run.all(Event.TeardownEnded.class).stream()
                        .findFirst()
                        .<Measurement>map(told -> number(told.event().took().toNanos(), "teardown"))
                        .orElseGet(() -> new Measurement.Missing("teardown did not end"));
            case RUN_DURATION ->
                run.byKind().getOrDefault(Event.TeardownEnded.class, List.of()).stream()
                        .findFirst()
                        .<Measurement>map(entry -> number(entry.nanos(), "the run"))
                        .orElseGet(() -> new Measurement.Missing("teardown did not end"));
            case RUN_COST -> services.cost(measured.prices().orElseThrow());
            case SCENARIOS_PASSED -> passed(scenarios, "scenario");
            case ORPHANS_COUNT -> orphans();
            case SERVICE_READY -> services.ready(subject);
            case SERVICE_SHUTDOWN -> services.shutdown(subject);
            case SERVICE_RECOVERY -> services.recovery(subject);
            case SERVICE_RSS -> services.samples(subject, Unit.BYTES, Event.ResourcesSampled::rss);
            case SERVICE_CPU -> services.processor(subject);
            case SERVICE_PROCESSES -> services.samples(subject, Unit.COUNT, Event.ResourcesSampled::processes);
            case SERVICE_THREADS -> services.samples(subject, Unit.COUNT, Event.ResourcesSampled::threads);
            case SERVICE_OPEN_FILES -> services.samples(subject, Unit.COUNT, Event.ResourcesSampled::openFiles);
            case SUITE_PASSED ->
                ofSuite(subject)
                        .orElseGet(() -> passed(
                                scenarios.stream()
                                        .filter(result -> result.suite().equals(subject))
                                        .toList(),
                                "scenario of " + subject));
            case SUITE_DURATION -> ofSuite(subject).orElseGet(() -> suite(subject));
            case LOAD_LATENCY, LOAD_SERVICE, LOAD_FIRST_BYTE, LOAD_CONNECT, LOAD_REQUESTS -> load(measured);
            case LOAD_ERRORS, LOAD_RECOVERY, LOAD_THROUGHPUT, LOAD_BANDWIDTH -> load(measured);
        };
    }

    private static Measurement number(long nanos, String source) {
        return new Measurement.Single((double) nanos, Unit.TIME, source);
    }

    private Measurement load(Target.Measured measured) {
        return ofSuite(measured.subject())
                .orElseGet(() -> new Loads(run).measure(measured.subject(), measured.measure()));
    }

    /// Answers for a suite of which the selection left nothing.
    private Optional<Measurement> ofSuite(String subject) {
        List<ScenarioResult> own = scenarios.stream()
                .filter(result -> subject.equals(result.suite()) || subject.startsWith(result.suite() + "/"))
                .toList();
        boolean selected = run.all(Event.RunStarted.class).stream()
                .anyMatch(started -> !started.event().selection().isEmpty());
        return selected && own.stream().allMatch(result -> result.outcome() == Outcome.SKIPPED)
                ? Optional.of(new Measurement.LeftOut("the selection left it out"))
                : Optional.empty();
    }

    private static Measurement passed(List<ScenarioResult> results, String what) {
        long ran = results.stream()
                .filter(result -> result.outcome() != Outcome.SKIPPED)
                .count();
        long passed = results.stream()
                .filter(result -> result.outcome() == Outcome.PASSED)
                .count();
        return ran == 0
                ? new Measurement.Missing("no " + what + " ran")
                : new Measurement.Share(new Proportion(passed, ran), ran + " scenarios");
    }

    private Measurement orphans() {
        List<Told<Event.OrphansAudited>> audits = run.all(Event.OrphansAudited.class);
        return audits.isEmpty()
                ? new Measurement.Missing("no audit looked for orphans")
                : new Measurement.Single(
                        audits.stream().mapToInt(audit -> audit.event().found()).sum(), Unit.COUNT, "the audit");
    }

    private Measurement suite(String suite) {
        Optional<Entry> start = run.byKind().getOrDefault(Event.SuiteStarted.class, List.of()).stream()
                .filter(entry -> ((Event.SuiteStarted) entry.event()).suite().equals(suite))
                .findFirst();
        Optional<Entry> end = run.byKind().getOrDefault(Event.SuiteEnded.class, List.of()).stream()
                .filter(entry -> ((Event.SuiteEnded) entry.event()).suite().equals(suite))
                .findFirst();
        return start.isPresent() && end.isPresent()
                ? number(end.get().nanos() - start.get().nanos(), "the suite")
                : new Measurement.Missing("the suite did not run to its end");
    }

    private Measurement reported(String name) {
        List<Event.ValueReported> values = run.all(Event.ValueReported.class).stream()
                .map(Told::event)
                .filter(value -> value.name().equals(name))
                .toList();
        if (values.isEmpty()) {
            Set<String> others = run.all(Event.ValueReported.class).stream()
                    .map(told -> told.event().name())
                    .collect(Collectors.toCollection(java.util.TreeSet::new));
            return new Measurement.Missing("no scenario reported \"" + name + "\""
                    + (others.isEmpty() ? "" : "; reported were " + String.join(", ", others)));
        }
        Set<String> units =
                values.stream().map(Event.ValueReported::unit).collect(Collectors.toCollection(java.util.TreeSet::new));
        return units.size() > 1
                ? new Measurement.Missing("\"" + name + "\" was reported in different units: " + units)
                : new Measurement.Values(
                        Sorted.of(
                                values.stream().map(Event.ValueReported::value).toList()),
                        Unit.valueOf(values.getFirst().unit()),
                        "reports of scenarios");
    }

    private Measurement metric(Target.Metric metric) {
        String from = metric.from().source();
        Measurement part = series(from, metric.metric(), true);
        if (metric.over().isEmpty() || !(part instanceof Measurement.Single some)) {
            return part;
        }
        Measurement whole = series(from, metric.over().get(), true);
        if (!(whole instanceof Measurement.Single all)) {
            return whole instanceof Measurement.Missing
                    ? whole
                    : new Measurement.Missing(metric.over().get() + " is no counter, of which there can be a share");
        }
        long trials = Math.round(all.value());
        long successes = Math.round(some.value());
        return trials < 1 || successes > trials
                ? new Measurement.Missing("%s grew by %d, and %s by %d: that is no share"
                        .formatted(metric.metric(), successes, metric.over().get(), trials))
                : new Measurement.Share(new Proportion(successes, trials), "counters at " + from);
    }

    /// Reads a metric: of a counter by how much it grew, else its values over time.
    ///
    /// @param counters whether counters are told apart
    private Measurement series(String from, String metric, boolean counters) {
        List<Entry> samples = run.byKind().getOrDefault(MetricSampled.class, List.of()).stream()
                .filter(entry -> entry.event() instanceof MetricSampled sample
                        && sample.from().equals(from)
                        && sample.metric().equals(metric))
                .toList();
        if (samples.isEmpty()) {
            return new Measurement.Missing(run.all(Event.MetricMissing.class).stream()
                    .map(Told::event)
                    .filter(missing ->
                            missing.from().equals(from) && missing.metric().equals(metric))
                    .map(Event.MetricMissing::reason)
                    .reduce((_, last) -> last)
                    .orElse("nothing read " + metric));
        }
        List<Point> points = new ArrayList<>();
        samples.forEach(entry -> points.add(new Point(entry.nanos() / 1e9, ((MetricSampled) entry.event()).value())));
        boolean counter = counters && ((MetricSampled) samples.getFirst().event()).counter();
        String source = "%d readings of %s".formatted(samples.size(), from);
        return counter
                ? new Measurement.Single(Growth.of(points, false), Unit.COUNT, source)
                : new Measurement.Series(points, Unit.COUNT, source);
    }
}
