package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrudgeTest {
    private static final FaultTarget ALL = new FaultTarget.OfService("*");

    private static List<String> nodes(int count) {
        return IntStream.range(0, count).mapToObj(i -> "n" + i).toList();
    }

    private static Set<String> lost(Grudge grudge, String service) {
        return grudge.lost().getOrDefault(service, Set.of());
    }

    private static boolean symmetric(Grudge grudge) {
        return grudge.lost().entrySet().stream()
                .allMatch(entry -> entry.getValue().stream()
                        .allMatch(other -> lost(grudge, other).contains(entry.getKey())));
    }

    @Test
    void groups_lose_what_comes_from_other_groups_and_the_rest_is_a_group() {
        Grudge grudge = Grudge.of(
                new Partition.Groups(List.of(List.of("n0", "n1"), List.of("n2"))), ALL, nodes(4), new Random(1));

        assertThat(grudge.lost())
                .isEqualTo(Map.of(
                        "n0", Set.of("n2", "n3"),
                        "n1", Set.of("n2", "n3"),
                        "n2", Set.of("n0", "n1", "n3"),
                        "n3", Set.of("n0", "n1", "n2")));
    }

    @Test
    void an_isolated_service_reaches_nobody_and_the_others_each_other() {
        Grudge grudge = Grudge.of(new Partition.Isolate(), new FaultTarget.OfService("n1"), nodes(3), new Random(1));

        assertThat(grudge.lost()).isEqualTo(Map.of("n0", Set.of("n1"), "n1", Set.of("n0", "n2"), "n2", Set.of("n1")));
    }

    @Test
    void one_way_loses_packets_in_one_direction() {
        Grudge grudge = Grudge.of(new Partition.OneWay(), new FaultTarget.OfLink("n0", "n1"), nodes(2), new Random(1));

        assertThat(grudge.lost()).isEqualTo(Map.of("n1", Set.of("n0")));
    }

    @Test
    void halves_differ_by_one_at_most_and_every_seed_repeats_itself() {
        Set<Map<String, Set<String>>> seen = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            Grudge grudge = Grudge.of(new Partition.Halves(), ALL, nodes(5), new Random(seed));
            assertThat(symmetric(grudge)).isTrue();
            assertThat(grudge.lost().values().stream().map(Set::size)).containsExactlyInAnyOrder(2, 2, 2, 3, 3);
            assertThat(Grudge.of(new Partition.Halves(), ALL, nodes(5), new Random(seed)))
                    .isEqualTo(grudge);
            seen.add(grudge.lost());
        }
        assertThat(seen).hasSizeGreaterThan(3);
    }

    @Test
    void a_bridge_reaches_both_halves() {
        for (int seed = 0; seed < 50; seed++) {
            Grudge grudge = Grudge.of(new Partition.Bridge(), ALL, nodes(5), new Random(seed));
            assertThat(grudge.lost()).hasSize(4);
            assertThat(grudge.lost().values()).allMatch(from -> from.size() == 2);
            assertThat(symmetric(grudge)).isTrue();
        }
    }

    @Test
    void every_node_of_a_majorities_ring_sees_a_majority_and_the_ring_is_whole_for_nobody() {
        for (int count = 4; count <= 12; count++) {
            for (int seed = 0; seed < 30; seed++) {
                Grudge grudge = Grudge.of(new Partition.MajoritiesRing(), ALL, nodes(count), new Random(seed));
                int majority = count / 2 + 1;
                assertThat(symmetric(grudge)).isTrue();
                for (String node : nodes(count)) {
                    assertThat(count - lost(grudge, node).size()).isGreaterThanOrEqualTo(majority);
                }
                assertThat(grudge.lost()).isNotEmpty();
            }
        }
    }

    @Test
    void up_to_five_nodes_no_two_see_the_same_majority() {
        Grudge grudge = Grudge.of(new Partition.MajoritiesRing(), ALL, nodes(5), new Random(3));

        assertThat(new HashSet<>(grudge.lost().values())).hasSize(5);
        assertThat(grudge.lost().values()).allMatch(from -> from.size() == 2);
    }

    @Test
    void a_target_that_does_not_fit_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Grudge.of(new Partition.Halves(), new FaultTarget.OfService("n0"), nodes(3), new Random(1)))
                .withMessageContaining("two services or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grudge.of(new Partition.Isolate(), ALL, nodes(0), new Random(1)))
                .withMessageContaining("one service");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grudge.of(new Partition.MajoritiesRing(), ALL, nodes(3), new Random(1)))
                .withMessageContaining("needs 4 services");
    }
}
