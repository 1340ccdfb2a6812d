package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys of a schedule of faults that the seed draws.
final class RandomFaultKeys {
    private static final int MOST_FAULTS = 10_000;

    static final Leaf<FaultTarget> TARGET = new Leaf<>(
            "a service or a link, as orders→stock",
            () -> Schemas.typed("string"),
            (text, _) -> target(text),
            new FaultTarget.OfService(""));
    static final Key<List<String>> RANDOM = Key.optional(
            "random",
            Several.of(
                            Kinds.choice(
                                    "a kind that can be drawn",
                                    RandomKind.names().toArray(String[]::new)),
                            "a list of kinds, as [kill, pause, delay]")
                    .notEmpty(),
            "The kinds of faults of which the seed draws a schedule, their numbers with them. Each seed prefers other"
                    + " kinds and leaves some out.");
    static final Key<List<FaultTarget>> TARGETS = Key.optional(
            "targets",
            Several.of(TARGET, "a list of services and links, as [stock, orders→stock]")
                    .notEmpty(),
            "What a random schedule may disturb: services, and links for the kinds that act on links; for these a"
                    + " service stands for all links to it. By default every service.");
    static final Key<Duration> QUIET = Key.optional(
            "quiet",
            Kinds.DURATION,
            "How long at the end of a random schedule nothing is disturbed any more; 5s by default.");
    static final Key<Duration> LONGEST =
            Key.optional("longest", Kinds.DURATION, "How long one fault of a random schedule may act; 10s by default.");
    static final List<Key<?>> KEYS = List.of(RANDOM, TARGETS, QUIET, LONGEST);
    static final List<String> ALLOWED = Stream.concat(
                    Stream.of("for", "every"), KEYS.stream().map(Key::name))
            .toList();

    private RandomFaultKeys() {}

    private static FaultTarget target(String text) throws Refusal {
        try {
            return FaultTarget.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
    }

    static RandomFaults read(Section section) {
        RandomFaults random = new RandomFaults(
                section.get(RANDOM),
                section.optional(TARGETS).orElse(List.of()),
                section.optional(FaultKeys.FOR).orElse(Duration.ofSeconds(30)),
                section.optional(QUIET).orElse(Duration.ofSeconds(5)),
                section.optional(FaultKeys.EVERY).orElse(Duration.ofSeconds(5)),
                section.optional(LONGEST).orElse(Duration.ofSeconds(10)));
        Reading reading = section.reading();
        if (random.quiet().compareTo(random.lasting()) >= 0) {
            reading.problem(
                    section.path(RANDOM),
                    "random: the quiet end of " + Amounts.write(random.quiet()) + " leaves nothing of the schedule's "
                            + Amounts.write(random.lasting()));
        } else if (random.lasting().dividedBy(random.every()) > MOST_FAULTS) {
            reading.problem(
                    section.path(RANDOM),
                    "random: one fault every " + Amounts.write(random.every()) + " makes more than " + MOST_FAULTS
                            + " of them in " + Amounts.write(random.lasting()));
        }
        return random;
    }

    static void write(ObjectNode json, RandomFaults random) {
        var kinds = json.putArray(RANDOM.name());
        random.kinds().forEach(kinds::add);
        if (!random.targets().isEmpty()) {
            var targets = json.putArray(TARGETS.name());
            random.targets().forEach(target -> targets.add(target.toString()));
        }
        json.put(FaultKeys.FOR.name(), Amounts.write(random.lasting()));
        json.put(QUIET.name(), Amounts.write(random.quiet()));
        json.put(FaultKeys.EVERY.name(), Amounts.write(random.every()));
        json.put(LONGEST.name(), Amounts.write(random.longest()));
    }
}
