package dev.verdict.plan;

import dev.verdict.plan.Quantity.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys under `targets`.
final class TargetKeys {
    private static final List<Unit> ANY = List.of(Unit.values());

    // What is measured

    static final Key<String> NAME =
            Key.optional("name", Kinds.LABEL, "What the target is called in reports; by default what it says.");
    static final Key<String> OF = Key.optional(
            "of",
            new Leaf<>("a measurement, as stock.rss", Kinds::anyText, (text, _) -> text, ""),
            "What is measured: see [measurements](#measurements).");
    static final Key<String> METRIC = Key.optional(
            "metric",
            new Leaf<>("a metric, as orders_total{state=\"paid\"}", Kinds::anyText, (text, _) -> metric(text), "up"),
            "A metric of a service, read once a second: the sum of the samples of that name which have at least those"
                    + " labels. Of a counter the whole increase counts, over restarts too.");
    static final Key<String> OUT_OF = Key.optional("outOf", METRIC.kind(), "The metric of which it is a share.")
            .beside(METRIC);
    static final Key<String> QUERY =
            Key.optional("query", Kinds.TEXT, "A PromQL query with one number as its answer, asked once a second.");
    static final Key<Text> FROM = Key.optional(
            "from",
            new Deferred(),
            "Where: for a metric the URL of a page in the Prometheus text format, as `${orders.http.url}/metrics`; for a"
                    + " query that of a Prometheus server.");
    static final Key<Quantity> PROCESSOR =
            Key.required("processor", quantity(List.of(Unit.MONEY)), "What an hour of one processor costs.");
    static final Key<Quantity> MEMORY =
            Key.required("memory", quantity(List.of(Unit.MONEY)), "What an hour of one GiB of memory costs.");
    static final Shape<Target.Prices> PRICES_SHAPE = new Shape<>(
            "prices",
            "What the services' resources cost.",
            "{processor: 0.04 USD, memory: 0.005 USD}",
            List.of(PROCESSOR, MEMORY),
            section -> new Target.Prices(section.get(PROCESSOR), section.get(MEMORY)));
    static final Key<Target.Prices> PRICES = Key.optional("prices", PRICES_SHAPE, "For `run.cost`.");

    // Where it must lie

    static final Key<Quantity> MAX = bound("max", ANY, "No value may be greater.");
    static final Key<Quantity> MIN = bound("min", ANY, "No value may be less.");
    static final Key<Quantity> AT_MOST = bound("atMost", List.of(Unit.SHARE), "The share may not be greater.");
    static final Key<Quantity> AT_LEAST = bound("atLeast", List.of(Unit.SHARE), "The share may not be less.");
    static final List<Key<Quantity>> PERCENTILES = Stream.of("50", "75", "90", "95", "99", "99.9", "99.99")
            .map(percent -> bound("p" + percent, ANY, percent + " % of the values may not be greater."))
            .toList();
    static final Key<Quantity> ESTIMATE = bound("estimate", ANY, "The number that is expected.");
    static final Key<Quantity> WITHIN =
            bound("within", List.of(Unit.SHARE), "The number may differ from its estimate by this share of it.");
    static final Key<Quantity> GOAL = bound("goal", ANY, "What the values over time should come to, and stay at.");
    static final Key<Quantity> OVERSHOOT =
            bound("overshoot", List.of(Unit.SHARE), "How far beyond the goal values may go, as a share of it.");
    static final Key<Quantity> UNDERSHOOT = bound(
            "undershoot",
            List.of(Unit.SHARE),
            "How far below the goal values may fall after they first reached it, as a share of it.");
    static final Key<Duration> SETTLED =
            Key.optional("settled", Kinds.DURATION, "Values over time must be in their steady state after so long.");
    static final Key<Double> CONFIDENCE = Key.optional(
            "confidence",
            new Leaf<>(
                    "a confidence, as 95%",
                    () -> Kinds.matching("[0-9]{1,2}(?:\\.[0-9]{1,6})?%"), (text, _) -> confidence(text), 0.95),
            "How sure it must be that the share or percentile reaches the bound, given so few values. Without it the"
                    + " number that was measured is compared as it is.");

    // A leak

    static final Key<String> LEAK_OF = Key.required("of", OF.kind(), "Values over time, as `stock.rss`.");
    static final Key<Duration> LEAK_OVER =
            Key.required("over", Kinds.DURATION, "How much of the run's end is looked at; it must last so long.");
    static final Key<Quantity> LEAK_MOST = Key.required(
            "atMost", quantity(List.of(Unit.BYTE_RATE, Unit.RATE)), "How fast they may grow, as `1 MiB/min`.");
    static final Shape<Section> LEAK_SHAPE = new Shape<>(
            "leak",
            "A trend that values over time may not have.",
            "{of: stock.rss, over: 10min, atMost: 1 MiB/min}",
            List.of(LEAK_OF, LEAK_OVER, LEAK_MOST),
            section -> section);
    static final Key<Section> LEAK = Key.optional("leak", LEAK_SHAPE, "Values over time may not grow faster.");

    static final List<Key<?>> BOUNDS = Stream.<Stream<? extends Key<?>>>of(
                    Stream.of(MAX, MIN, AT_MOST, AT_LEAST),
                    PERCENTILES.stream(),
                    Stream.of(WITHIN, OVERSHOOT, UNDERSHOOT, SETTLED, LEAK))
            .<Key<?>>flatMap(keys -> keys)
            .toList();

    static final Shape<Section> TARGET = new Shape<Section>(
                    "target",
                    "A number that the system must reach, bound to a measurement. It is met, missed (the run fails) or"
                            + " unmeasured (the run is inconclusive); see [targets.md](targets.md).",
                    "{of: system.ready, max: 60s}",
                    Stream.<Stream<? extends Key<?>>>of(
                                    Stream.of(NAME, OF, METRIC, OUT_OF, QUERY, FROM, PRICES),
                                    BOUNDS.stream(),
                                    Stream.of(ESTIMATE, GOAL, CONFIDENCE))
                            .<Key<?>>flatMap(keys -> keys)
                            .toList(),
                    section -> section)
            .choosing("of", "metric", "query", "leak")
            .needing("of", "metric", "query", "leak");

    private TargetKeys() {}

    private static Key<Quantity> bound(String name, List<Unit> allowed, String doc) {
        return Key.optional(name, quantity(allowed), doc);
    }

    private static Kind<Quantity> quantity(List<Unit> allowed) {
        String words = allowed.equals(ANY)
                ? "a quantity, as 250ms, 64MiB, 500/s, 30MB/s, 95% or 3"
                : Wording.choice(allowed.stream().map(Unit::words).toList());
        return new Leaf<>(
                words,
                TargetKeys::quantitySchema,
                (text, _) -> Quantity.parse(text, allowed),
                new Quantity(0, allowed.getFirst(), ""));
    }

    private static ObjectNode quantitySchema() {
        ObjectNode either = Schemas.empty();
        either.putArray("anyOf").add(Schemas.typed("number")).add(Kinds.matching(Quantity.PATTERN));
        return either;
    }

    private static String metric(String text) throws Refusal {
        if (!text.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(?:\\s*\\{.*\\})?") || text.length() > 1000) {
            throw new Refusal("'" + Wording.shorten(text)
                    + "' is not a metric; expected NAME or NAME{label=\"value\"}, as orders_total{state=\"paid\"}");
        }
        return text;
    }

    private static double confidence(String text) throws Refusal {
        double share = Quantity.parse(text, List.of(Unit.SHARE)).number();
        if (share < 0.5 || share >= 1) {
            throw new Refusal("'" + text + "' is out of range; a confidence is 50% to less than 100%");
        }
        return share;
    }

    // Canonical

    static ObjectNode json(Target target) {
        ObjectNode json = Schemas.empty();
        Canonical.put(json, NAME, target.name());
        if (target.bound() instanceof Target.Leak leak) {
            ObjectNode inner = json.putObject(LEAK.name());
            Canonical.put(inner, LEAK_OF, target.of().words());
            inner.put(LEAK_OVER.name(), Amounts.write(leak.over()));
            inner.put(LEAK_MOST.name(), leak.most().text());
            return json;
        }
        source(json, target.of());
        bound(json, target.bound());
        target.confidence().ifPresent(share -> json.put(CONFIDENCE.name(), Amounts.share(share)));
        return json;
    }

    private static void source(ObjectNode json, Target.Source source) {
        switch (source) {
            case Target.Measured measured -> {
                Canonical.put(json, OF, measured.words());
                measured.prices()
                        .ifPresent(prices -> json.putObject(PRICES.name())
                                .put(PROCESSOR.name(), prices.processor().text())
                                .put(MEMORY.name(), prices.memory().text()));
            }
            case Target.Reported reported -> Canonical.put(json, OF, reported.words());
            case Target.Metric metric -> {
                Canonical.put(json, METRIC, metric.metric());
                metric.over().ifPresent(whole -> Canonical.put(json, OUT_OF, whole));
                json.put(FROM.name(), metric.from().source());
            }
            case Target.Query query -> {
                Canonical.put(json, QUERY, query.query());
                json.put(FROM.name(), query.from().source());
            }
        }
    }

    private static void bound(ObjectNode json, Target.Bound bound) {
        switch (bound) {
            case Target.Max(Quantity most) -> json.put(MAX.name(), most.text());
            case Target.Min(Quantity least) -> json.put(MIN.name(), least.text());
            case Target.AtMost(Quantity most) -> json.put(AT_MOST.name(), most.text());
            case Target.AtLeast(Quantity least) -> json.put(AT_LEAST.name(), least.text());
            case Target.Percentile(double percentile, Quantity most) -> json.put("p" + number(percentile), most.text());
            case Target.Within(Quantity share, Quantity estimate) ->
                json.put(WITHIN.name(), share.text()).put(ESTIMATE.name(), estimate.text());
            case Target.Overshoot(Quantity share, Quantity goal) ->
                json.put(OVERSHOOT.name(), share.text()).put(GOAL.name(), goal.text());
            case Target.Undershoot(Quantity share, Quantity goal) ->
                json.put(UNDERSHOOT.name(), share.text()).put(GOAL.name(), goal.text());
            case Target.Settled(Duration after) -> json.put(SETTLED.name(), Amounts.write(after));
            case Target.Leak _ -> throw new IllegalStateException("a leak is written with what it is of");
        }
    }

    /// Writes a percentile as its key has it, without the `p`.
    static String number(double percentile) {
        return BigDecimal.valueOf(percentile).stripTrailingZeros().toPlainString();
    }

    /// Returns the table of measurements for the reference.
    static String measures() {
        StringBuilder table = new StringBuilder("| measurement | is | what it measures |\n|---|---|---|\n");
        Arrays.stream(Measure.values()).map(Measure::row).forEach(table::append);
        return table.append("| `reported.NAME` | several values | what scenarios reported under that name |\n")
                .toString();
    }
}
