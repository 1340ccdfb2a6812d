package dev.verdict.consistency.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.Budget;
import dev.verdict.consistency.append.SmallAppends.Step;
import dev.verdict.consistency.append.SmallAppends.Txn;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/// Compares what the graphs say of small histories with definitions taken word by word, and with
/// all orders in which the transactions can have happened.
class AppendTwinTest {
    /// Returns how many histories each checker is tried with.
    int histories() {
        return 2_000;
    }

    @Test
    void phenomena_are_those_of_their_definitions() {
        Map<Phenomenon, Integer> seen = new EnumMap<>(Phenomenon.class);
        for (int seed = 0; seed < histories(); seed++) {
            List<Txn> txns = SmallAppends.make(new Random(seed), 6);
            Set<Phenomenon> found = AppendReport.of(SmallAppends.history(txns), Budget.unlimited())
                    .phenomena();
            assertThat(found).as("seed %d: %s", seed, txns).isEqualTo(PlainPhenomena.of(txns));
            found.forEach(phenomenon -> seen.merge(phenomenon, 1, Integer::sum));
        }
        assertThat(seen).as("phenomena that were met").containsKeys(met());
    }

    /// Returns the phenomena that so many histories must have shown.
    Phenomenon[] met() {
        return new Phenomenon[] {
            Phenomenon.G0, Phenomenon.G1C, Phenomenon.G_SINGLE, Phenomenon.G2_ITEM, Phenomenon.G1A, Phenomenon.G1B
        };
    }

    @Test
    void serializable_is_what_some_order_explains() {
        compare(Isolation.SERIALIZABLE, SerialOrders.ANY);
    }

    @Test
    void strong_session_serializable_is_what_some_order_that_keeps_processes_explains() {
        compare(Isolation.STRONG_SESSION_SERIALIZABLE, SerialOrders.PROCESS);
    }

    @Test
    void strict_serializable_is_what_some_order_that_keeps_time_explains() {
        compare(Isolation.STRICT_SERIALIZABLE, SerialOrders.TIME);
    }

    private void compare(Isolation model, BiPredicate<Txn, Txn> before) {
        int valid = 0;
        for (int seed = 0; seed < histories(); seed++) {
            List<Txn> txns = SmallAppends.make(new Random(seed), 6);
            boolean expected = SerialOrders.serializable(txns, before);
            assertThat(holds(model, txns)).as("seed %d: %s", seed, txns).isEqualTo(expected);
            valid += expected ? 1 : 0;
        }
        assertThat(valid).isBetween(histories() / 10, 9 * histories() / 10);
    }

    @Test
    void snapshot_isolation_is_what_some_order_of_starts_and_commits_explains() {
        snapshots(Isolation.SNAPSHOT_ISOLATION, SerialOrders.ANY);
        snapshots(Isolation.STRONG_SESSION_SNAPSHOT_ISOLATION, SerialOrders.PROCESS);
        snapshots(Isolation.STRONG_SNAPSHOT_ISOLATION, SerialOrders.TIME);
    }

    /// An append that nobody read has no place among others of its kind, so a history with two of
    /// them can break snapshot isolation unnoticed; never the other way round.
    private void snapshots(Isolation model, BiPredicate<Txn, Txn> before) {
        int valid = 0;
        int refuted = 0;
        for (int seed = 0; seed < histories() / 3; seed++) {
            List<Txn> txns = SmallAppends.make(new Random(seed), 4);
            boolean expected = SerialOrders.snapshotIsolated(txns, before);
            boolean holds = holds(model, txns);
            assertThat(holds || !expected).as("seed %d refuted: %s", seed, txns).isTrue();
            if (allRead(txns)) {
                assertThat(holds).as("seed %d: %s", seed, txns).isEqualTo(expected);
            }
            valid += expected ? 1 : 0;
            refuted += holds ? 0 : 1;
        }
        assertThat(valid).isPositive();
        assertThat(refuted).isPositive();
    }

    private static boolean allRead(List<Txn> txns) {
        Set<Integer> read = new HashSet<>();
        txns.stream()
                .filter(Txn::ok)
                .flatMap(txn -> txn.steps().stream())
                .filter(step -> !step.append())
                .forEach(step -> read.addAll(step.read()));
        return txns.stream()
                .filter(txn -> !txn.failed())
                .flatMap(txn -> txn.steps().stream())
                .filter(Step::append)
                .allMatch(step -> read.contains(step.element()));
    }

    private static boolean holds(Isolation model, List<Txn> txns) {
        Set<Phenomenon> found =
                AppendReport.of(SmallAppends.history(txns), Budget.unlimited()).phenomena();
        return !Isolation.refutedBy(found).contains(model);
    }
}
