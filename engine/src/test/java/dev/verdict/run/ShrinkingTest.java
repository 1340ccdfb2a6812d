package dev.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.FaultTarget.OfLink;
import dev.verdict.plan.ScheduledFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private static List<ScheduledFault> schedule(int size) {
        return IntStream.range(0, size)
                .mapToObj(index ->
                        ScheduledFault.parse("{at: %ds, for: 8s, kill: service%d}".formatted(index + 3, index)))
                .toList();
    }

    private static List<FaultTarget> none(FaultTarget target) {
        assertThat(target).isNotNull();
        return List.of();
    }

    private static Set<String> services(List<ScheduledFault> schedule) {
        Set<String> names = new HashSet<>();
        schedule.forEach(fault -> names.add(fault.target().toString()));
        return names;
    }

    @Test
    void a_bug_of_two_faults_is_reduced_from_thirty_to_those_two() {
        List<ScheduledFault> thirty = schedule(30);
        int most = 0;
        for (int first = 0; first < 30; first++) {
            for (int second = first + 1; second < 30; second++) {
                Set<String> bug = Set.of("service" + first, "service" + second);
                var result = Shrinking.shrink(
                        thirty, candidate -> services(candidate).containsAll(bug), 1, ShrinkingTest::none);
                assertThat(services(result.schedule())).isEqualTo(bug);
                assertThat(result.stopped()).isEmpty();
                assertThat(result.repeated()).isTrue();
                most = Math.max(most, result.trials());
            }
        }
        assertThat(most).isLessThan(150);
    }

    @Test
    void any_bug_is_reduced_to_faults_of_which_each_is_needed() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            Set<String> bug = new HashSet<>();
            for (int needed = random.nextInt(5); needed > 0; needed--) {
                bug.add("service" + random.nextInt(20));
            }
            var result = Shrinking.shrink(
                    schedule(20), candidate -> services(candidate).containsAll(bug), 1, ShrinkingTest::none);
            assertThat(services(result.schedule())).isEqualTo(bug);
            assertThat(result.schedule()).hasSize(bug.size());
        }
    }

    @Test
    void a_bug_that_shows_seldom_is_found_by_trying_again() {
        SplittableRandom random = new SplittableRandom(9);
        Set<String> bug = Set.of("service3", "service17");
        var result = Shrinking.shrink(
                schedule(30),
                candidate -> services(candidate).containsAll(bug) && random.nextInt(10) < 6,
                12,
                ShrinkingTest::none);
        assertThat(services(result.schedule())).isEqualTo(bug);
    }

    @Test
    void times_are_shortened_and_moved_to_the_start_as_far_as_it_still_fails() {
        var result = Shrinking.shrink(
                List.of(
                        ScheduledFault.parse("{at: 20s, for: 8s, pause: a}"),
                        ScheduledFault.parse("{at: 22s, for: 8s, kill: b}")),
                candidate -> candidate.size() == 2
                        && candidate.get(0).lasting().orElseThrow().compareTo(Duration.ofMillis(1500)) > 0
                        && overlap(candidate.get(0), candidate.get(1)),
                1,
                ShrinkingTest::none);
        assertThat(result.schedule())
                .containsExactly(
                        ScheduledFault.parse("{for: 4s, pause: a}"),
                        ScheduledFault.parse("{at: 2s, for: 250ms, kill: b}"));
    }

    private static boolean overlap(ScheduledFault one, ScheduledFault other) {
        return other.at().compareTo(one.at().plus(one.lasting().orElseThrow())) < 0;
    }

    @Test
    void a_target_is_narrowed_to_the_link_that_matters() {
        var result = Shrinking.shrink(
                List.of(ScheduledFault.parse("{stall: stock}")),
                candidate -> !candidate.isEmpty()
                        && Set.of("*→stock", "orders→stock")
                                .contains(candidate.getFirst().target().toString()),
                1,
                target -> target.equals(new OfLink("*", "stock"))
                        ? List.of(new OfLink("billing", "stock"), new OfLink("orders", "stock"))
                        : List.of());
        assertThat(result.schedule()).containsExactly(ScheduledFault.parse("{stall: orders→stock}"));
    }

    @Test
    void a_failure_that_does_not_repeat_is_not_shrunk() {
        List<List<ScheduledFault>> tried = new ArrayList<>();
        var result = Shrinking.shrink(schedule(4), candidate -> !tried.add(candidate), 3, ShrinkingTest::none);
        assertThat(result.repeated()).isFalse();
        assertThat(result.schedule()).hasSize(4);
        assertThat(tried).hasSize(3);
    }

    @Test
    void a_failure_without_any_fault_is_told_at_once() {
        var result = Shrinking.shrink(schedule(30), _ -> true, 1, ShrinkingTest::none);
        assertThat(result.schedule()).isEmpty();
        assertThat(result.trials()).isEqualTo(2);
    }

    @Test
    void whoever_stops_it_gets_the_best_so_far() {
        Set<String> bug = Set.of("service1", "service2");
        int[] left = {6};
        var result = Shrinking.shrink(
                schedule(32),
                candidate -> {
                    if (left[0]-- == 0) {
                        throw new Shrinking.Stopped("time is up");
                    }
                    return services(candidate).containsAll(bug);
                },
                1,
                ShrinkingTest::none);
        assertThat(result.stopped()).isEqualTo(Optional.of("time is up"));
        assertThat(result.schedule()).hasSizeLessThan(32);
        assertThat(services(result.schedule())).containsAll(bug);
    }
}
