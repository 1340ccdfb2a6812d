package dev.verdict.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Defines the entries under a suite's `faults`: when something is disturbed, and how.
record FaultKeys() implements Kind<FaultSpec> {
    static final int MOST_TIMES = 1000;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_./→-]*(?<!-)");

    static final Key<Duration> AT =
            Key.optional("at", Kinds.DURATION, "When it begins, from the suite's start; at the start by default.");
    static final Key<Duration> FOR = Key.optional(
            "for",
            Kinds.DURATION,
            "How long it acts; by default until the suite ends. How long the whole schedule is, for `random`: 30s by"
                    + " default.");
    static final Key<Duration> EVERY = Key.optional(
            "every",
            Kinds.DURATION,
            "The time from one start to the next; beside `times`. The mean of that time, for `random`: 5s by default.");
    static final Key<Long> TIMES = Key.<Long>optional(
                    "times", Kinds.count("a count", 1, MOST_TIMES), "How often it acts; once by default.")
            .beside(EVERY);

    static final List<FaultKind> KINDS = Stream.of(ServiceFaultKeys.KINDS, LinkFaultKeys.KINDS, PartitionKeys.KINDS)
            .flatMap(List::stream)
            .toList();
    static final List<String> NAMES = KINDS.stream().map(FaultKind::name).toList();

    static final Shape<FaultSpec> SHAPE = new Shape<>(
            "fault",
            "A disturbance while the suite runs: one of the kinds, with its target, its time and what belongs to the"
                    + " kind; or `random`, a schedule that the seed draws. See [fault-schedules.md](fault-schedules.md).",
            "{at: 20s, for: 10s, delay: orders→stock, by: 200ms}",
            keys(),
            FaultKeys::spec);

    private static final FaultSpec STAND_IN = ScheduledFault.once(
            new ServiceFault.Stop(), new FaultTarget.OfService(""), Duration.ZERO, Optional.empty());

    private static List<Key<?>> keys() {
        Set<Key<?>> keys = new LinkedHashSet<>(List.of(AT, FOR, EVERY, TIMES));
        KINDS.forEach(kind -> keys.add(kind.key()));
        KINDS.forEach(kind -> kind.parameters().forEach(keys::add));
        keys.addAll(RandomFaultKeys.KEYS);
        return List.copyOf(keys);
    }

    @Override
    public FaultSpec read(Node node, String path, Reading reading) {
        return SHAPE.read(node, path, reading);
    }

    private static FaultSpec spec(Section section) {
        List<String> chosen = Stream.concat(NAMES.stream(), Stream.of(RandomFaultKeys.RANDOM.name()))
                .filter(section.values()::containsKey)
                .toList();
        if (chosen.size() != 1) {
            // a kind that is misspelt was told already
            if (NAMES.stream().noneMatch(name -> section.reading().isBroken(Paths.child(section.path(), name)))) {
                section.reading().problem(section.path(), notOne(chosen));
            }
            section.reading().tellNoMore(section.path());
            return STAND_IN;
        }
        if (chosen.getFirst().equals(RandomFaultKeys.RANDOM.name())) {
            refuseOthers(section, "random", RandomFaultKeys.ALLOWED);
            return RandomFaultKeys.read(section);
        }
        FaultKind kind = KINDS.stream()
                .filter(each -> each.name().equals(chosen.getFirst()))
                .findFirst()
                .orElseThrow();
        return scheduled(section, kind);
    }

    private static String notOne(List<String> chosen) {
        return chosen.isEmpty()
                ? "faults: what is done is missing, as kill: stock, delay: orders→stock or random: [kill, pause]"
                : "faults: only one kind is allowed, found " + Wording.list(chosen);
    }

    private static FaultSpec scheduled(Section section, FaultKind kind) {
        List<String> own = kind.parameters().map(Key::name).toList();
        List<String> allowed = new ArrayList<>(List.of("at", "for", "every", "times", kind.name()));
        allowed.addAll(own);
        refuseOthers(section, kind.name(), allowed);
        for (Key<?> needed : kind.needs()) {
            if (!section.values().containsKey(needed.name())) {
                section.reading()
                        .problem(
                                section.path(needed),
                                section.reading().position(section.path()),
                                "the key '" + needed.name() + "' is missing beside '" + kind.name() + "': "
                                        + needed.kind().words());
            }
        }
        try {
            return timed(section, kind, kind.read().apply(section));
        } catch (IllegalArgumentException e) {
            section.reading().problem(section.path(kind.key()), kind.name() + ": " + e.getMessage());
            section.reading().tellNoMore(section.path());
            return STAND_IN;
        }
    }

    private static void refuseOthers(Section section, String kind, List<String> allowed) {
        for (String name : section.values().keySet().stream().sorted().toList()) {
            if (!allowed.contains(name)) {
                section.reading()
                        .problem(
                                Paths.child(section.path(), name),
                                "the key '" + name + "' does not belong to '" + kind + "'; allowed beside it are "
                                        + Wording.list(allowed.stream()
                                                .filter(each -> !each.equals(kind))
                                                .toList()));
            }
        }
    }

    private static FaultSpec timed(Section section, FaultKind kind, Fault fault) {
        Optional<Duration> lasting = section.optional(FOR);
        if (lasting.isEmpty() && section.optional(ServiceFaultKeys.THEN).isPresent()) {
            lasting = Optional.of(Duration.ZERO);
        }
        Duration every = section.optional(EVERY).orElse(Duration.ZERO);
        int times = section.optional(TIMES).orElse(1L).intValue();
        if (every.isPositive() && section.optional(TIMES).isEmpty()) {
            section.reading().problem(section.path(EVERY), "every: say how often with 'times'");
        } else if (times > 1 && !isShorter(fault, lasting, every)) {
            section.reading()
                    .problem(
                            section.path(EVERY),
                            "every: the fault would begin again before it ends; give it a 'for' that is shorter");
        }
        FaultTarget target = section.get(kind.key());
        Duration at = section.optional(AT).orElse(Duration.ZERO);
        return new ScheduledFault(fault, target, at, lasting, times == 1 ? Duration.ZERO : every, times);
    }

    private static boolean isShorter(Fault fault, Optional<Duration> lasting, Duration every) {
        return isMomentary(fault) || (lasting.isPresent() && lasting.get().compareTo(every) < 0);
    }

    /// Tells whether a fault is over by itself once it has acted.
    static boolean isMomentary(Fault fault) {
        return switch (fault) {
            case LinkFault link -> link.proper() instanceof LinkFault.Reset;
            case ServiceFault service -> service instanceof ServiceFault.Restart;
            case Partition _ -> false;
        };
    }

    /// Reads one entry alone, as [#json] writes it.
    static ScheduledFault parse(String source) {
        List<Problem> problems = new ArrayList<>();
        Node root = Yaml.parse(source, "fault", problems);
        Reading reading = new Reading(java.nio.file.Path.of(""), new Scope(Map.of(), Map.of()), false);
        FaultSpec spec = new FaultKeys().read(root, "", reading);
        problems.addAll(reading.problems());
        if (problems.isEmpty() && spec instanceof ScheduledFault fault) {
            return fault;
        }
        throw problems.isEmpty()
                ? Yaml.refuse(root.position(), "random: one fault is expected here, not a schedule")
                : new PlanException(problems);
    }

    static ObjectNode json(FaultSpec spec) {
        ObjectNode json = Schemas.empty();
        switch (spec) {
            case RandomFaults random -> RandomFaultKeys.write(json, random);
            case ScheduledFault fault -> {
                if (fault.at().isPositive()) {
                    json.put(AT.name(), Amounts.write(fault.at()));
                }
                fault.lasting()
                        .filter(Duration::isPositive)
                        .ifPresent(lasting -> json.put(FOR.name(), Amounts.write(lasting)));
                if (fault.times() > 1) {
                    json.put(EVERY.name(), Amounts.write(fault.every())).put(TIMES.name(), fault.times());
                }
                done(json, fault.fault(), fault.target());
                if (fault.lasting().filter(Duration::isZero).isPresent()) {
                    json.put(ServiceFaultKeys.THEN.name(), "restart");
                }
            }
        }
        return json;
    }

    /// Writes an entry as people do, on one line.
    static String yaml(FaultSpec spec) {
        return flow(json(spec));
    }

    private static String flow(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"));
        }
        if (node.isArray()) {
            return node.valueStream().map(FaultKeys::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        String text = node.asString();
        return PLAIN.matcher(text).matches() ? text : Canonical.quoted(text);
    }

    /// Writes what is done, and to what.
    private static void done(ObjectNode json, Fault fault, FaultTarget target) {
        switch (fault) {
            case ServiceFault service -> ServiceFaultKeys.write(json.put(fault.kind(), target.toString()), service);
            case LinkFault link -> LinkFaultKeys.write(json.put(fault.kind(), target.toString()), link);
            case Partition partition -> PartitionKeys.write(json, partition, target);
        }
    }

    @Override
    public FaultSpec standIn() {
        return STAND_IN;
    }

    @Override
    public String words() {
        return SHAPE.words();
    }

    @Override
    public Optional<Shape<?>> shape() {
        return Optional.of(SHAPE);
    }

    @Override
    public ObjectNode schema() {
        ObjectNode schema = SHAPE.schema();
        ArrayNode kinds = schema.putArray("oneOf");
        Stream.concat(NAMES.stream(), Stream.of(RandomFaultKeys.RANDOM.name()))
                .forEach(name -> kinds.addObject().putArray("required").add(name));
        return schema;
    }
}
