package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final Set<String> LIFE = Set.of("kill", "stop", "restart", "crashLoop");
    private static final Set<String> CUT = Set.of("stall", "refuse", "blackHole");
    private static final List<FaultTarget> TARGETS = List.of(
            new FaultTarget.OfService("stock"),
            new FaultTarget.OfService("orders"),
            new FaultTarget.OfLink("orders", "stock"));
    private static final Duration LASTING = Duration.ofMinutes(2);
    private static final Duration QUIET = Duration.ofSeconds(7);

    private static RandomFaults everything() {
        return new RandomFaults(
                RandomKind.names(), TARGETS, LASTING, QUIET, Duration.ofMillis(400), Duration.ofSeconds(9));
    }

    private static List<ScheduledFault> draw(long seed) {
        return Nemesis.draw(everything(), List.of(), exposed("stock", "orders"), seed);
    }

    private static Exposed exposed(String... services) {
        return new Exposed(List.of(services), List.of(services));
    }

    private static long start(ScheduledFault fault) {
        return fault.at().toMillis();
    }

    private static long end(ScheduledFault fault) {
        return start(fault) + fault.lasting().map(Duration::toMillis).orElse(0L);
    }

    @Test
    void the_same_seed_draws_the_same_schedule_and_others_draw_others() {
        Set<List<ScheduledFault>> all = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            assertThat(draw(seed)).isEqualTo(draw(seed));
            all.add(draw(seed));
        }
        assertThat(all).hasSize(100);
    }

    @Test
    void this_seed_draws_this_schedule_on_every_machine() {
        RandomFaults spec = new RandomFaults(
                List.of("kill", "pause", "delay"),
                List.of(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(4),
                Duration.ofSeconds(3));

        assertThat(Nemesis.draw(spec, TARGETS.subList(0, 1), exposed(), 42).stream()
                        .map(ScheduledFault::source)
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        {"at":"825ms","for":"820ms","pause":"stock"}
                        {"at":"2361ms","for":"586ms","pause":"stock"}
                        {"at":"9689ms","for":"539ms","kill":"stock"}
                        """.strip());
    }

    @Test
    void it_is_in_order_and_quiet_at_the_end() {
        for (long seed = 0; seed < 40; seed++) {
            long last = 0;
            for (ScheduledFault fault : draw(seed)) {
                assertThat(start(fault)).isGreaterThanOrEqualTo(last);
                last = start(fault);
                assertThat(end(fault)).isLessThanOrEqualTo(LASTING.minus(QUIET).toMillis());
                assertThat(fault.lasting().orElse(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(9));
                assertThat(fault.lasting().isEmpty())
                        .isEqualTo(Set.of("restart", "reset")
                                .contains(fault.fault().kind()));
            }
        }
    }

    @Test
    void nothing_is_done_to_what_is_not_there() {
        for (long seed = 0; seed < 40; seed++) {
            List<ScheduledFault> schedule = draw(seed);
            for (int first = 0; first < schedule.size(); first++) {
                for (int second = first + 1; second < schedule.size(); second++) {
                    ScheduledFault one = schedule.get(first);
                    ScheduledFault other = schedule.get(second);
                    // a service that was ended comes back a while after its fault
                    boolean overlap =
                            start(other) < end(one) + (LIFE.contains(one.fault().kind()) ? 1_000 : 0);
                    if (overlap && isSenseless(one, other)) {
                        fail("seed %d: %s and %s", seed, one.source(), other.source());
                    }
                }
            }
        }
    }

    private static boolean isSenseless(ScheduledFault one, ScheduledFault other) {
        String kind = one.fault().kind();
        String with = other.fault().kind();
        boolean dead = LIFE.contains(kind) || LIFE.contains(with);
        if (kind.equals("partition") || with.equals("partition")) {
            boolean meet = !Collections.disjoint(
                    one.target().services(), other.target().services());
            return dead ? meet : kind.equals(with) && one.target().equals(other.target());
        }
        if (one.target() instanceof FaultTarget.OfLink link && other.target() instanceof FaultTarget.OfLink second) {
            boolean meet = link.to().equals(second.to())
                    && (link.from().equals(second.from())
                            || link.from().equals("*")
                            || second.from().equals("*"));
            return meet && (kind.equals(with) || CUT.contains(kind) || CUT.contains(with));
        }
        if (one.target() instanceof FaultTarget.OfService && other.target() instanceof FaultTarget.OfService) {
            boolean held = kind.equals("pause") || with.equals("pause");
            return one.target().equals(other.target()) && (kind.equals(with) || dead || held);
        }
        FaultTarget.OfLink link =
                (FaultTarget.OfLink) (one.target() instanceof FaultTarget.OfLink ? one.target() : other.target());
        String service = (one.target() instanceof FaultTarget.OfService ? one.target() : other.target()).toString();
        return dead && link.to().equals(service);
    }

    @Test
    void seeds_prefer_different_kinds_and_all_kinds_come() {
        Map<String, Integer> seedsWith = new HashMap<>();
        Set<Set<String>> mixtures = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            Set<String> kinds =
                    draw(seed).stream().map(fault -> fault.fault().kind()).collect(Collectors.toSet());
            kinds.forEach(kind -> seedsWith.merge(kind, 1, Integer::sum));
            mixtures.add(kinds);
            assertThat(kinds).isNotEmpty();
        }
        assertThat(seedsWith.keySet()).containsExactlyInAnyOrderElementsOf(RandomKind.names());
        assertThat(seedsWith.values()).allMatch(count -> count > 30 && count < 96);
        assertThat(mixtures).hasSizeGreaterThan(75);
    }

    @Test
    void partitions_isolate_divide_and_cut_one_way() {
        Set<Class<?>> ways = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            draw(seed).stream()
                    .filter(fault -> fault.fault() instanceof Partition)
                    .forEach(fault -> ways.add(fault.fault().getClass()));
        }
        assertThat(ways)
                .containsExactlyInAnyOrder(Partition.Isolate.class, Partition.Halves.class, Partition.OneWay.class);

        List<FaultTarget> many = java.util.stream.Stream.of("a", "b", "c", "d")
                .<FaultTarget>map(FaultTarget.OfService::new)
                .toList();
        Exposed apart = exposed("a", "b", "c", "d");
        for (long seed = 0; seed < 40; seed++) {
            Nemesis.draw(random("partition"), many, apart, seed)
                    .forEach(fault -> ways.add(fault.fault().getClass()));
        }
        assertThat(ways).contains(Partition.Bridge.class, Partition.MajoritiesRing.class);
        assertThat(Nemesis.draw(random("partition"), many, exposed("a"), 1)).isEmpty();
    }

    @Test
    void only_a_clock_of_ones_own_is_shifted() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(Nemesis.draw(random("clock"), TARGETS, new Exposed(List.of(), List.of("orders")), seed))
                    .isNotEmpty()
                    .allMatch(fault -> fault.target().toString().equals("orders"));
        }
        assertThat(Nemesis.draw(random("clock"), TARGETS, exposed(), 1)).isEmpty();
    }

    private static RandomFaults random(String kind) {
        return new RandomFaults(List.of(kind), List.of(), LASTING, QUIET, Duration.ofSeconds(4), Duration.ofSeconds(3));
    }

    @Test
    void faults_of_different_kinds_do_overlap() {
        long overlapping = 0;
        for (long seed = 0; seed < 20; seed++) {
            List<ScheduledFault> schedule = draw(seed);
            for (int index = 1; index < schedule.size(); index++) {
                overlapping += start(schedule.get(index)) < end(schedule.get(index - 1)) ? 1 : 0;
            }
        }
        assertThat(overlapping).isGreaterThan(100);
    }

    @Test
    void what_is_drawn_can_be_written_and_read() {
        for (long seed = 0; seed < 50; seed++) {
            for (ScheduledFault fault : draw(seed)) {
                assertThat(ScheduledFault.parse(fault.source())).isEqualTo(fault);
            }
        }
    }

    @Test
    void repetitions_are_unrolled_among_the_others() {
        FaultTarget stock = new FaultTarget.OfService("stock");
        ScheduledFault pause = new ScheduledFault(
                new ServiceFault.Pause(),
                stock,
                Duration.ofSeconds(1),
                Optional.of(Duration.ofSeconds(2)),
                Duration.ofSeconds(10),
                3);
        ScheduledFault kill = ScheduledFault.once(
                new ServiceFault.Kill("KILL"), stock, Duration.ofSeconds(5), Optional.of(Duration.ZERO));
        Suite suite = new Suite("s", List.of("f"), "", 1, Duration.ofSeconds(1), List.of(), List.of())
                .under(List.of(pause, kill));
        Plan plan = new Plan("p", 1, Map.of(), List.of(), Map.of(), List.of(new Phase("x", List.of(suite))));

        assertThat(FaultSchedule.of(plan, suite).stream().map(ScheduledFault::source))
                .containsExactly(
                        "{\"at\":\"1s\",\"for\":\"2s\",\"pause\":\"stock\"}",
                        "{\"at\":\"5s\",\"kill\":\"stock\",\"then\":\"restart\"}",
                        "{\"at\":\"11s\",\"for\":\"2s\",\"pause\":\"stock\"}",
                        "{\"at\":\"21s\",\"for\":\"2s\",\"pause\":\"stock\"}");
    }
}
