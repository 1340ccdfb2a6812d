package dev.verdict.plan;

import dev.verdict.plan.LinkFault.Direction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Defines how faults of a link stand in a plan.
final class LinkFaultKeys {
    /// Stands for every service and scenario.
    static final String ANY = "*";

    private static final Leaf<FaultTarget> LINK = new Leaf<>(
            "a link, as orders→stock, or a service for all links to it",
            () -> Schemas.typed("string"),
            (text, _) -> link(text),
            new FaultTarget.OfLink(ANY, ""));
    private static final Leaf<Double> SHARE =
            new Leaf<>("a share from 0 to 1, as 0.25", LinkFaultKeys::number, (text, _) -> share(text), 1.0);
    private static final Leaf<Long> RATE = new Leaf<>(
            "bytes in a second, as 100kB/s",
            () -> Kinds.matching(Amounts.SIZE_PATTERN + "/s"),
            (text, _) -> rate(text),
            1L);

    private static final Key<Duration> BY = Key.optional("by", Kinds.DURATION, "How much later.");
    private static final Key<Duration> JITTER =
            Key.optional("jitter", Kinds.DURATION, "How much the delay varies; not at all by default.");
    private static final Key<String> SHAPE = Key.optional(
            "shape",
            Kinds.choice("how a delay varies", "uniform", "normal", "pareto"),
            "How the delay varies: evenly by default.");
    private static final Key<Long> AT_RATE = Key.optional("rate", RATE, "How many bytes pass in a second.");
    private static final Key<String> PER = Key.optional(
            "per",
            Kinds.choice("what shares a bandwidth", "link", "connection"),
            "Whether all connections share the rate, or each has its own; `link` by default.");
    private static final Key<Long> BYTES = Key.optional("bytes", Kinds.SIZE, "After how many bytes; of a segment.");
    private static final Key<Duration> AFTER = Key.optional("after", Kinds.DURATION, "How old a connection becomes.");
    private static final Key<Duration> GAP =
            Key.optional("gap", Kinds.DURATION, "The pause between two segments; none by default.");
    private static final Key<Double> CORRUPTED = Key.optional("share", SHARE, "The share of bytes that are changed.");
    private static final Key<Long> STATUS =
            Key.optional("status", Kinds.count("a status", 200, 599), "The status of the answers.");
    private static final Key<String> HEADER = Key.optional("header", Kinds.TEXT, "The header's name.");
    private static final Key<String> VALUE =
            Key.optional("value", Kinds.TEXT, "The header's value; without it the header is removed.");
    private static final Key<String> BODY =
            Key.optional("body", Kinds.TEXT, "The text in place of the body; empty by default.");
    private static final Key<String> FIND = Key.optional("find", Kinds.TEXT, "The text that is replaced.");
    private static final Key<String> REPLACE =
            Key.optional("replace", Kinds.TEXT, "What stands in its place; nothing by default.");

    private static final Key<String> DIRECTION = Key.optional(
            "direction",
            Kinds.choice("a direction", "there", "back", "both"),
            "Which way the fault acts: `there` with requests, `back` with answers, or `both`. By default as the kind does.");
    private static final Key<Double> PROBABILITY = Key.optional(
            "probability", SHARE, "With what probability it acts on a connection, or on an HTTP answer; 1 by default.");
    private static final Key<Long> FIRST = Key.optional(
            "first",
            Kinds.count("a count", 1, 1_000_000_000),
            "On how many of those it acts at most, and then on no more; on all by default.");
    private static final List<Key<?>> PARTLY = List.of(DIRECTION, PROBABILITY, FIRST);

    static final List<FaultKind> KINDS = List.of(
            kind("delay", "Delays what is sent.", List.of(BY), List.of(JITTER, SHAPE), LinkFaultKeys::delay),
            kind(
                    "bandwidth",
                    "Limits how much is sent.",
                    List.of(AT_RATE),
                    List.of(PER),
                    section -> new LinkFault.Bandwidth(
                            section.optional(AT_RATE).orElse(1L),
                            word(LinkFault.Per.class, section.optional(PER)).orElse(LinkFault.Per.LINK))),
            kind("stall", "Holds everything back.", List.of(), List.of(), _ -> new LinkFault.Stall()),
            kind("reset", "Resets the open connections.", List.of(), List.of(), _ -> new LinkFault.Reset()),
            kind(
                    "resetAfterBytes",
                    "Resets connections after some bytes.",
                    List.of(BYTES),
                    List.of(),
                    section -> new LinkFault.ResetAfterBytes(
                            section.optional(BYTES).orElse(1L))),
            kind(
                    "resetAfter",
                    "Resets connections after some time.",
                    List.of(AFTER),
                    List.of(),
                    section -> new LinkFault.ResetAfter(section.optional(AFTER).orElse(Duration.ZERO))),
            kind("refuse", "Refuses connections.", List.of(), List.of(), _ -> new LinkFault.Refuse()),
            kind(
                    "blackHole",
                    "Accepts connections and swallows what is sent.",
                    List.of(),
                    List.of(),
                    _ -> new LinkFault.BlackHole()),
            kind(
                    "slowClose",
                    "Delays the end of connections.",
                    List.of(BY),
                    List.of(),
                    section -> new LinkFault.SlowClose(section.optional(BY).orElse(Duration.ZERO))),
            kind(
                    "corrupt",
                    "Changes single bytes.",
                    List.of(CORRUPTED),
                    List.of(),
                    section -> new LinkFault.Corrupt(section.optional(CORRUPTED).orElse(1.0))),
            kind(
                    "slice",
                    "Cuts what is sent into small segments.",
                    List.of(BYTES),
                    List.of(GAP),
                    section -> new LinkFault.Slice(
                            Math.toIntExact(Math.min(
                                    Integer.MAX_VALUE, section.optional(BYTES).orElse(1L))),
                            section.optional(GAP).orElse(Duration.ZERO))),
            kind(
                    "httpStatus",
                    "Changes the status of HTTP answers.",
                    List.of(STATUS),
                    List.of(),
                    section -> new HttpFault.HttpStatus(
                            section.optional(STATUS).orElse(500L).intValue())),
            kind(
                    "httpHeader",
                    "Sets or removes a header of HTTP answers.",
                    List.of(HEADER),
                    List.of(VALUE),
                    section -> new HttpFault.HttpHeader(section.optional(HEADER).orElse("x"), section.optional(VALUE))),
            kind(
                    "httpBody",
                    "Replaces the body of HTTP answers.",
                    List.of(),
                    List.of(BODY),
                    section -> new HttpFault.HttpBody(section.optional(BODY).orElse(""))),
            kind(
                    "httpEdit",
                    "Replaces a text in the body of HTTP answers.",
                    List.of(FIND),
                    List.of(REPLACE),
                    section -> new HttpFault.HttpEdit(
                            section.optional(FIND).orElse("-"),
                            section.optional(REPLACE).orElse(""))),
            kind(
                    "httpReplay",
                    "Answers with an earlier HTTP answer.",
                    List.of(),
                    List.of(),
                    _ -> new HttpFault.HttpReplay()));

    private LinkFaultKeys() {}

    private static FaultKind kind(
            String name, String doc, List<Key<?>> needs, List<Key<?>> may, Function<Section, LinkFault> read) {
        List<Key<?>> all = new ArrayList<>(may);
        all.addAll(PARTLY);
        return new FaultKind(
                Key.optional(name, LINK, doc), needs, all, section -> partly(section, read.apply(section)));
    }

    private static LinkFault delay(Section section) {
        return new LinkFault.Delay(
                section.optional(BY).orElse(Duration.ZERO),
                section.optional(JITTER).orElse(Duration.ZERO),
                word(LinkFault.Shape.class, section.optional(SHAPE)).orElse(LinkFault.Shape.UNIFORM));
    }

    private static LinkFault partly(Section section, LinkFault whole) {
        LinkFault fault = whole;
        Optional<Direction> direction = word(Direction.class, section.optional(DIRECTION));
        if (direction.isPresent() && direction.get() != whole.direction()) {
            fault = fault.only(direction.get());
        }
        double probability = section.optional(PROBABILITY).orElse(1.0);
        if (probability < 1) {
            fault = fault.sometimes(probability);
        }
        return section.optional(FIRST).isPresent()
                ? fault.first(section.optional(FIRST).get())
                : fault;
    }

    private static <E extends Enum<E>> Optional<E> word(Class<E> type, Optional<String> word) {
        return word.map(text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    static FaultTarget link(String text) throws Refusal {
        try {
            return switch (FaultTarget.parse(text)) {
                case FaultTarget.OfLink link -> link;
                case FaultTarget.OfService service -> new FaultTarget.OfLink(ANY, service.service());
                case FaultTarget.OfServices several -> throw new IllegalArgumentException(several + " is no link");
            };
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode number() {
        ObjectNode either = Schemas.empty();
        Supplier<ObjectNode> text = () -> Kinds.matching("(?:0|1|[01]?\\.[0-9]{1,9})");
        ObjectNode number = Schemas.typed("number");
        number.put("minimum", 0).put("maximum", 1);
        either.putArray("anyOf").add(number).add(text.get());
        return either;
    }

    private static double share(String text) throws Refusal {
        try {
            double share = text.length() > 20 ? -1 : new BigDecimal(text).doubleValue();
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not a number; allowed is 0 to 1, as 0.25");
        }
        throw new Refusal("'" + Wording.shorten(text) + "' is out of range; allowed is 0 to 1, as 0.25");
    }

    private static long rate(String text) throws Refusal {
        if (!text.endsWith("/s")) {
            throw new Refusal(
                    "'" + Wording.shorten(text) + "' is not a rate; allowed is a size in a second, as 100kB/s");
        }
        return Amounts.size(text.substring(0, text.length() - 2));
    }

    /// Writes what stands beside the kind.
    static void write(ObjectNode json, LinkFault fault) {
        proper(json, fault.proper());
        if (fault.direction() != fault.proper().direction()) {
            json.put(DIRECTION.name(), fault.direction().name().toLowerCase(Locale.ROOT));
        }
        if (fault.probability() < 1) {
            json.put(PROBABILITY.name(), plain(fault.probability()));
        }
        if (fault.first() < Long.MAX_VALUE) {
            json.put(FIRST.name(), fault.first());
        }
    }

    private static void proper(ObjectNode json, LinkFault fault) {
        switch (fault) {
            case LinkFault.Delay(Duration by, Duration jitter, LinkFault.Shape shape) -> {
                time(json, BY, by);
                time(json, JITTER, jitter);
                if (shape != LinkFault.Shape.UNIFORM) {
                    json.put(SHAPE.name(), shape.name().toLowerCase(Locale.ROOT));
                }
            }
            case LinkFault.Bandwidth(long rate, LinkFault.Per per) ->
                json.put(AT_RATE.name(), Amounts.write(rate) + "/s")
                        .put(PER.name(), per.name().toLowerCase(Locale.ROOT));
            case LinkFault.ResetAfterBytes reset -> json.put(BYTES.name(), Amounts.write(reset.bytes()));
            case LinkFault.ResetAfter reset -> time(json, AFTER, reset.after());
            case LinkFault.SlowClose close -> time(json, BY, close.by());
            case LinkFault.Corrupt corrupt -> json.put(CORRUPTED.name(), plain(corrupt.share()));
            case LinkFault.Slice(int size, Duration pause) -> {
                json.put(BYTES.name(), Amounts.write(size));
                time(json, GAP, pause);
            }
            case HttpFault.HttpStatus status -> json.put(STATUS.name(), status.status());
            case HttpFault.HttpHeader(String name, Optional<String> value) -> {
                text(json, HEADER, name);
                value.ifPresent(content -> text(json, VALUE, content));
            }
            case HttpFault.HttpBody body -> text(json, BODY, body.text());
            case HttpFault.HttpEdit(String find, String replacement) -> {
                text(json, FIND, find);
                text(json, REPLACE, replacement);
            }
            case LinkFault.Stall _, LinkFault.Reset _, LinkFault.Refuse _, LinkFault.BlackHole _ -> {}
            case HttpFault.HttpReplay _ -> {}
            case LinkFault.Partly _ -> throw new IllegalStateException("a part of a part");
        }
    }

    private static void time(ObjectNode json, Key<Duration> key, Duration time) {
        if (time.isPositive()) {
            json.put(key.name(), Amounts.write(time));
        }
    }

    private static void text(ObjectNode json, Key<String> key, String text) {
        json.put(key.name(), text.replace("$", "$$"));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).toPlainString();
    }
}
