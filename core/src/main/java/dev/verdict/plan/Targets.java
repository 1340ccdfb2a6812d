package dev.verdict.plan;

import dev.verdict.plan.Measure.Form;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target.Bound;
import dev.verdict.plan.Target.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Binds what stands under `targets` to what the plan can measure.
final class Targets {
    private static final String REPORTED = "reported.";
    private static final Pattern URL = Pattern.compile("https?://\\S");

    private final Map<String, Target.Measured> measurements = new LinkedHashMap<>();

    private Targets(Iterable<String> services, List<Phase> phases) {
        for (String owner : List.of("system", "run", "scenarios", "orphans")) {
            measured(owner, owner);
        }
        services.forEach(service -> measured(service, "SERVICE"));
        phases.stream().flatMap(phase -> phase.suites().stream()).forEach(suite -> {
            measured(suite.name(), "SUITE");
            loads(suite);
        });
    }

    private void loads(Suite suite) {
        if (!suite.loads().isEmpty()) {
            measured(suite.name(), "LOAD");
        }
        for (Load load : suite.loads()) {
            String name = suite.name() + "/" + load.name();
            measured(name, "LOAD");
            load.requests().forEach(request -> measured(name + "/" + request.name(), "LOAD"));
        }
    }

    private void measured(String subject, String owner) {
        Measure.of(owner).forEach(measure -> {
            var measured = new Target.Measured(subject, measure, Optional.empty());
            measurements.putIfAbsent(measured.words(), measured);
        });
    }

    /// Makes targets of what was read.
    static List<Target> of(List<Section> sections, Iterable<String> services, List<Phase> phases) {
        Targets targets = new Targets(services, phases);
        List<Target> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            targets.target(section).ifPresent(target -> {
                if (!names.add(target.name())) {
                    section.reading()
                            .problem(
                                    section.path(),
                                    "targets: two are called '" + Wording.shorten(target.name())
                                            + "'; give one a name of its own");
                }
                all.add(target);
            });
        }
        return all;
    }

    private Optional<Target> target(Section section) {
        Optional<Source> source = source(section);
        Optional<Bound> bound = bound(section);
        if (source.isEmpty() || bound.isEmpty()) {
            return Optional.empty();
        }
        OptionalDouble confidence =
                section.optional(TargetKeys.CONFIDENCE).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        Target target = new Target(
                section.optional(TargetKeys.NAME).orElseGet(() -> name(source.get(), section)),
                source.get(),
                bound.get(),
                confidence);
        fits(section, target);
        return Optional.of(target);
    }

    private static String name(Source source, Section section) {
        return source.words() + " " + written(section).getFirst().name();
    }

    private static List<Key<?>> written(Section section) {
        return TargetKeys.BOUNDS.stream().filter(section::has).toList();
    }

    private Optional<Source> source(Section section) {
        if (section.has(TargetKeys.LEAK)) {
            Section leak = section.optional(TargetKeys.LEAK).orElseThrow();
            return measurement(leak, TargetKeys.LEAK_OF, leak.get(TargetKeys.LEAK_OF));
        }
        boolean asked = section.has(TargetKeys.METRIC) || section.has(TargetKeys.QUERY);
        if (asked != section.has(TargetKeys.FROM)) {
            section.reading()
                    .problem(
                            section.path(TargetKeys.FROM),
                            section.reading().position(section.path()),
                            asked
                                    ? "the key 'from' is missing: where the metric is, as ${orders.http.url}/metrics"
                                    : "from: only a metric or a query is read from somewhere");
            return Optional.empty();
        }
        if (!asked) {
            return section.optional(TargetKeys.OF)
                    .flatMap(of -> measurement(section, TargetKeys.OF, of))
                    .flatMap(source -> priced(section, source));
        }
        Text from = section.optional(TargetKeys.FROM).orElseThrow();
        if (from.references().isEmpty() && !URL.matcher(from.source()).lookingAt()) {
            section.reading()
                    .problem(
                            section.path(TargetKeys.FROM),
                            "from: '%s' is not a URL; expected one as ${orders.http.url}/metrics"
                                    .formatted(Wording.shorten(from.source())));
            return Optional.empty();
        }
        return section.optional(TargetKeys.METRIC)
                .<Source>map(metric -> new Target.Metric(metric, from, section.optional(TargetKeys.OUT_OF)))
                .or(() -> section.optional(TargetKeys.QUERY).map(query -> new Target.Query(query, from)));
    }

    private Optional<Source> measurement(Section section, Key<String> key, String of) {
        if (of.startsWith(REPORTED) && of.length() > REPORTED.length()) {
            return Optional.of(new Target.Reported(of.substring(REPORTED.length())));
        }
        Optional<Source> found = Optional.ofNullable(measurements.get(of));
        if (found.isEmpty() && !section.reading().isBroken(section.path(key))) {
            section.reading().problem(section.path(key), key.name() + ": " + unknown(of));
        }
        return found;
    }

    private String unknown(String of) {
        String subject = of.contains(".") ? of.substring(0, of.lastIndexOf('.')) : of;
        List<String> beside = measurements.keySet().stream()
                .filter(name -> name.startsWith(subject + ".") && !name.equals(subject))
                .toList();
        return "nothing measures '" + Wording.shorten(of) + "'; "
                + (beside.isEmpty()
                        ? "expected a service, suite or load of the plan and what to measure of it, as system.ready,"
                                + " SERVICE.rss, SUITE.latency, scenarios.passed or reported.NAME"
                        : "allowed are " + Wording.list(beside))
                + Nearest.hint(of, measurements.keySet());
    }

    private static Optional<Source> priced(Section section, Source source) {
        boolean cost = source instanceof Target.Measured measured && measured.measure() == Measure.RUN_COST;
        if (cost != section.has(TargetKeys.PRICES)) {
            section.reading()
                    .problem(
                            section.path(TargetKeys.PRICES),
                            section.reading().position(section.path()),
                            cost
                                    ? "the key 'prices' is missing: what run.cost is counted with, as "
                                            + TargetKeys.PRICES_SHAPE.example()
                                    : "prices: only run.cost has prices");
            return Optional.empty();
        }
        return Optional.of(
                cost ? new Target.Measured("run", Measure.RUN_COST, section.optional(TargetKeys.PRICES)) : source);
    }

    private static Optional<Bound> bound(Section section) {
        List<Key<?>> written = written(section);
        if (written.size() != 1) {
            String allowed = Wording.list(
                    TargetKeys.BOUNDS.stream().<String>map(Key::name).toList());
            section.reading()
                    .problem(
                            written.isEmpty() ? section.path(TargetKeys.MAX) : section.path(written.getLast()),
                            section.reading().position(section.path()),
                            written.isEmpty()
                                    ? "target: the bound is missing; one of " + allowed + ", as max: 60s"
                                    : "target: only one bound is allowed, found "
                                            + Wording.list(written.stream()
                                                    .<String>map(Key::name)
                                                    .toList()));
            return Optional.empty();
        }
        Key<?> key = written.getFirst();
        Optional<Bound> pair = paired(section, TargetKeys.WITHIN, TargetKeys.ESTIMATE, Target.Within::new)
                .or(() -> paired(section, TargetKeys.OVERSHOOT, TargetKeys.GOAL, Target.Overshoot::new))
                .or(() -> paired(section, TargetKeys.UNDERSHOOT, TargetKeys.GOAL, Target.Undershoot::new));
        return pair.or(() -> single(section, key));
    }

    private static Optional<Bound> paired(
            Section section,
            Key<Quantity> share,
            Key<Quantity> beside,
            java.util.function.BiFunction<Quantity, Quantity, Bound> make) {
        if (!section.has(share)) {
            return Optional.empty();
        }
        if (!section.has(beside)) {
            section.reading()
                    .problem(
                            section.path(beside),
                            section.reading().position(section.path()),
                            "the key '" + beside.name() + "' is missing: '" + share.name() + "' is a share of it");
        }
        return Optional.of(
                make.apply(section.get(share), section.optional(beside).orElse(new Quantity(1, Unit.COUNT, "1"))));
    }

    private static Optional<Bound> single(Section section, Key<?> key) {
        if (key.equals(TargetKeys.SETTLED)) {
            return section.optional(TargetKeys.SETTLED).map(Target.Settled::new);
        }
        if (key.equals(TargetKeys.LEAK)) {
            return section.optional(TargetKeys.LEAK)
                    .map(leak -> new Target.Leak(leak.get(TargetKeys.LEAK_OVER), leak.get(TargetKeys.LEAK_MOST)));
        }
        return amount(section, TargetKeys.MAX, Target.Max::new)
                .or(() -> amount(section, TargetKeys.MIN, Target.Min::new))
                .or(() -> amount(section, TargetKeys.AT_MOST, Target.AtMost::new))
                .or(() -> amount(section, TargetKeys.AT_LEAST, Target.AtLeast::new))
                .or(() -> TargetKeys.PERCENTILES.stream()
                        .filter(section::has)
                        .findFirst()
                        .flatMap(percentile -> amount(
                                section,
                                percentile,
                                most -> new Target.Percentile(
                                        Double.parseDouble(percentile.name().substring(1)), most))));
    }

    private static Optional<Bound> amount(Section section, Key<Quantity> key, Function<Quantity, Bound> make) {
        return section.has(key) ? section.optional(key).map(make) : Optional.empty();
    }

    // What goes together

    private static void fits(Section section, Target target) {
        Key<?> key = written(section).getFirst();
        wrongForm(target)
                .or(() -> wrongUnit(target))
                .filter(_ -> !section.reading().isBroken(section.path(key)))
                .ifPresent(why -> section.reading().problem(section.path(key), key.name() + ": " + why));
        if (target.confidence().isPresent()) {
            wrongConfidence(target)
                    .ifPresent(why ->
                            section.reading().problem(section.path(TargetKeys.CONFIDENCE), "confidence: " + why));
        }
    }

    /// Returns the forms that a source may turn out to have.
    private static List<Form> forms(Source source) {
        return switch (source) {
            case Target.Measured measured -> List.of(measured.measure().form());
            case Target.Reported _ -> List.of(Form.VALUES, Form.NUMBER);
            case Target.Metric metric ->
                metric.over().isPresent() ? List.of(Form.SHARE) : List.of(Form.SERIES, Form.NUMBER);
            case Target.Query _ -> List.of(Form.SERIES, Form.NUMBER);
        };
    }

    private static List<Form> needed(Bound bound) {
        return switch (bound) {
            case Target.AtMost _, Target.AtLeast _ -> List.of(Form.SHARE);
            case Target.Max _, Target.Min _ -> List.of(Form.NUMBER, Form.VALUES, Form.SERIES);
            case Target.Percentile _ -> List.of(Form.VALUES, Form.SERIES);
            case Target.Within _ -> List.of(Form.NUMBER);
            case Target.Leak _, Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> List.of(Form.SERIES);
        };
    }

    private static Optional<String> wrongForm(Target target) {
        List<Form> forms = forms(target.of());
        List<Form> needed = needed(target.bound());
        return forms.stream().anyMatch(needed::contains)
                ? Optional.empty()
                : Optional.of("it is for %s, and %s is %s"
                        .formatted(
                                Wording.choice(needed.stream().map(Form::words).toList()),
                                target.of().words(),
                                forms.getFirst().words()));
    }

    private static Optional<String> wrongUnit(Target target) {
        if (!(target.of() instanceof Target.Measured measured)) {
            return Optional.empty();
        }
        Unit unit = measured.measure().unit();
        Optional<Quantity> compared = switch (target.bound()) {
            case Target.Max(Quantity most) -> Optional.of(most);
            case Target.Min(Quantity least) -> Optional.of(least);
            case Target.Percentile percentile -> Optional.of(percentile.most());
            case Target.Within within -> Optional.of(within.estimate());
            case Target.Overshoot over -> Optional.of(over.goal());
            case Target.Undershoot under -> Optional.of(under.goal());
            case Target.Leak leak -> {
                Unit growth = unit == Unit.BYTES ? Unit.BYTE_RATE : Unit.RATE;
                yield leak.most().unit() == growth ? Optional.empty() : Optional.of(leak.most());
            }
            case Target.AtMost _, Target.AtLeast _, Target.Settled _ -> Optional.empty();
        };
        return compared.filter(quantity -> quantity.unit() != unit)
                .map(quantity -> "%s is measured as %s, not as '%s'"
                        .formatted(target.of().words(), unit.words(), quantity.text()));
    }

    private static Optional<String> wrongConfidence(Target target) {
        boolean can = switch (target.bound()) {
            case Target.AtMost _, Target.AtLeast _ -> true;
            case Target.Percentile _ -> forms(target.of()).contains(Form.VALUES);
            case Target.Max _, Target.Min _, Target.Within _, Target.Leak _ -> false;
            case Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> false;
        };
        return can
                ? Optional.empty()
                : Optional.of("it is for a share, and for a percentile of values that do not depend on each other");
    }
}
