package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Execution(ExecutionMode.CONCURRENT)
final class LinearizabilityTest {
    @ParameterizedTest
    @CsvSource({
        "REGISTER, 0",
        "REGISTER, 3",
        "CAS_REGISTER, 2",
        "CAS_REGISTER, 3",
        "MUTEX, 0",
        "KV, 2",
        "KV, 0",
    })
    void agrees_with_brute_force_on_random_histories(Datatype datatype, int values) {
        compare(datatype, values, 0, 2_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "REGISTER, 0",
        "REGISTER, 3",
        "CAS_REGISTER, 2",
        "CAS_REGISTER, 3",
        "MUTEX, 0",
        "KV, 2",
        "KV, 0",
    })
    void agrees_with_brute_force_on_many_random_histories(Datatype datatype, int values) {
        compare(datatype, values, 10_000, Integer.getInteger("twins.histories", 2_500));
    }

    private static void compare(Datatype datatype, int values, int firstSeed, int count) {
        int legal = 0;
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            History history = RandomHistory.make(datatype, values, seed);
            boolean expected = BruteForce.isLinearizable(history, datatype);
            for (Moves moves : datatype.moves(history, Value.NIL)) {
                var search = new Search(moves, Budget.unlimited());
                boolean found = search.run(1_000_000, Budget.unlimited()) == Search.Status.FOUND;
                assertThat(found)
                        .as(() -> "the same answer as brute force to "
                                + history.operations().toList())
                        .isEqualTo(expected);
                if (Zones.fits(moves)) {
                    assertThat(Zones.illegal(moves).isEmpty())
                            .as(() -> "the same answer by zones to "
                                    + history.operations().toList())
                            .isEqualTo(expected);
                }
                isLegal(moves, search.path().order(), found);
                quickWaysAreNeverWrong(moves, expected, history);
            }
            if (!expected) {
                isExplained(history, datatype);
            }
            legal += expected ? 1 : 0;
        }
        assertThat(legal).isBetween(count / 20, count - count / 20);
    }

    /// What the quick searches and the short stretches say, if anything, is what brute force says.
    private static void quickWaysAreNeverWrong(Moves moves, boolean expected, History history) {
        for (int bags : new int[] {1, 2}) {
            if (new Search(moves, bags, Budget.unlimited()).run(1_000_000, Budget.unlimited()) == Search.Status.FOUND) {
                assertThat(expected)
                        .as(() -> "legal: " + history.operations().toList())
                        .isTrue();
            }
        }
        for (int mask = 0; mask < 4; mask++) {
            BitSet counted = new BitSet();
            for (int moveClass = 0; moveClass < moves.size(); moveClass++) {
                counted.set(moveClass, (mask & 1 << (moveClass & 1)) != 0);
            }
            var search = new Search(moves, counted, Budget.unlimited());
            boolean found = search.run(1_000_000, Budget.unlimited()) == Search.Status.FOUND;
            if (!found || search.overdrawn().isEmpty()) {
                assertThat(found)
                        .as(() -> "with classes " + counted + ": "
                                + history.operations().toList())
                        .isEqualTo(expected);
            }
        }
        if (Stretches.fits(moves)
                && new Stretches(moves).illegal(1_000_000, Budget.unlimited()).isPresent()) {
            assertThat(expected)
                    .as(() -> "no stretch is illegal: " + history.operations().toList())
                    .isFalse();
        }
    }

    /// What is shown as illegal is illegal by itself.
    private static void isExplained(History history, Datatype datatype) {
        Answer answer = new Linearizability(datatype, Value.NIL, 1).check(history, Budget.unlimited());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Invalid.class,
                        invalid -> invalid.anomalies()
                                .forEach(anomaly -> assertThat(BruteForce.isLinearizable(
                                                only(history, anomaly.operations()), datatype))
                                        .as(() -> anomaly + " is legal, of "
                                                + history.operations().toList())
                                        .isFalse()));
    }

    private static History only(History history, List<Integer> operations) {
        var builder = new History.Builder();
        Values values = builder.values();
        for (int event = 0; event < history.events(); event++) {
            for (int index : operations) {
                Operation kept = history.operation(index);
                int argument = values.cell(kept.argument());
                if (kept.called() == event) {
                    builder.call(event, kept.process(), kept.function(), values.cell(kept.key()), argument, 0);
                } else if (kept.returned() == event) {
                    int result = values.cell(kept.result());
                    builder.complete(event, kept.process(), kept.completion(), kept.function(), result, 0);
                }
            }
        }
        return builder.build();
    }

    /// Follows an order that a search found, step by step.
    private static void isLegal(Moves moves, List<Integer> order, boolean whole) {
        assertThat(order).doesNotHaveDuplicates();
        Space space = Space.of(moves, new Windows(moves), Budget.unlimited());
        int state = space.initial();
        int latestCall = -1;
        for (int move : order) {
            state = space.after(move, state);
            assertThat(state).as("the state after move %d of %s", move, order).isNotNegative();
            assertThat(moves.returned(move))
                    .as("the time of move %d of %s", move, order)
                    .isGreaterThan(latestCall);
            latestCall = Math.max(latestCall, moves.called(move));
        }
        if (whole) {
            assertThat(IntStream.range(0, moves.size())
                            .filter(move -> !moves.isUnknown(move))
                            .boxed())
                    .isSubsetOf(order);
        }
    }

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void a_perfect_copy_is_legal_and_a_flaw_is_found(Datatype datatype) {
        var random = new SplittableRandom(1);
        for (int seed = 0; seed < 30; seed++) {
            Generated perfect = Generated.of(datatype, seed)
                    .withClients(1 + random.nextInt(12))
                    .withKeys(1 + random.nextInt(3))
                    .withValues(random.nextInt(6))
                    .withUnknown(random.nextInt(20));
            assertThat(new Linearizability(datatype).check(perfect.history(), Budget.unlimited()))
                    .isInstanceOf(Answer.Valid.class);
            assertThat(new Linearizability(datatype)
                            .check(perfect.withFlaw(Generated.Flaw.STALE).history(), Budget.unlimited()))
                    .isInstanceOf(Answer.Invalid.class);
        }
    }

    /// Much is under way at a time and much is unknown: where a plain search has too much to try.
    @ParameterizedTest
    @CsvSource({"2", "5", "20", "50", "100", "500", "0"})
    void much_that_is_unknown_is_decided(int values) {
        for (int seed = 0; seed < 3; seed++) {
            Generated perfect = Generated.of(Datatype.CAS_REGISTER, seed)
                    .withClients(30)
                    .withOperations(10_000)
                    .withValues(values)
                    .withUnknown(10);
            assertThat(check(perfect)).isInstanceOf(Answer.Valid.class);
            assertThat(check(perfect.withFlaw(Generated.Flaw.STALE)))
                    .isInstanceOfSatisfying(
                            Answer.Invalid.class,
                            answer -> assertThat(answer.anomalies().getFirst().operations())
                                    .hasSizeLessThan(20));
        }
    }

    private static Answer check(Generated made) {
        return new Linearizability(made.datatype()).check(made.history(), Budget.of(Duration.ofSeconds(60), 1L << 30));
    }
}
