package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Compares the checkers of sets on small histories with definitions taken word by word, and with
/// all orders in which the operations can have happened.
class SetTwinsTest {
    /// Returns how many histories each checker is tried with.
    int histories() {
        return 2_000;
    }

    /// Adds a new element each time, and reads a random part of them.
    private static final class SetClient implements SmallHistories.Client {
        private int added;

        @Override
        public String call(Random random) {
            return random.nextInt(3) > 0 ? "read" : "add " + (random.nextInt(10) == 0 ? random.nextInt(4) : ++added);
        }

        @Override
        public String answer(String call, Random random) {
            return call.equals("read") ? Twins.elements(random, added) : "";
        }
    }

    @Test
    void the_last_read_of_a_set() {
        Twins.compare(histories(), new FinalSet(), _ -> new SetClient(), 8, SetTwinsTest::finalSet);
    }

    private static String finalSet(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        List<Operation> reads = Twins.okReads(operations);
        if (reads.isEmpty()) {
            return "unknown";
        }
        Operation read = reads.getLast();
        impossible(operations, read, wrong);
        for (Operation add : Twins.calls(operations, "add")) {
            if (add.completion() == Completion.OK
                    && add.returned() < read.called()
                    && !Twins.items(read).contains(add.argument())) {
                wrong.add("lost");
            }
        }
        return Twins.verdict(wrong, "valid");
    }

    private static void impossible(List<Operation> operations, Operation read, Set<String> wrong) {
        List<Value> items = Twins.items(read);
        if (new HashSet<>(items).size() < items.size()) {
            wrong.add("duplicated");
        }
        for (Value item : items) {
            boolean added = Twins.calls(operations, "add").stream()
                    .anyMatch(add -> add.completion() != Completion.FAIL
                            && add.argument().equals(item)
                            && add.called() < read.returned());
            if (!added) {
                wrong.add("never-added");
            }
        }
    }

    @Test
    void every_read_of_a_set() {
        Twins.compare(histories(), new FullSet(false), _ -> new SetClient(), 8, SetTwinsTest::fullSet);
    }

    private static String fullSet(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        boolean stable = false;
        Twins.okReads(operations).forEach(read -> impossible(operations, read, wrong));
        for (Value element : Twins.calls(operations, "add").stream()
                .filter(add -> add.completion() != Completion.FAIL)
                .map(Operation::argument)
                .collect(Collectors.toSet())) {
            int called = Twins.calls(operations, "add").stream()
                    .filter(add -> add.completion() != Completion.FAIL
                            && add.argument().equals(element))
                    .mapToInt(Operation::called)
                    .min()
                    .orElseThrow();
            int known = History.NEVER;
            int present = -1;
            int absent = -1;
            for (Operation operation : operations) {
                boolean ok = operation.completion() == Completion.OK;
                boolean adds = operation.function().equals("add")
                        && operation.argument().equals(element);
                boolean sees = operation.function().equals("read")
                        && Twins.items(operation).contains(element);
                if (ok && (adds || sees)) {
                    known = Math.min(known, operation.returned());
                }
                if (ok && sees) {
                    present = operation.called();
                } else if (ok && operation.function().equals("read") && called < operation.returned()) {
                    absent = operation.called();
                }
            }
            stable |= present > absent;
            if (present < absent && absent > known) {
                wrong.add("lost");
            }
        }
        return Twins.verdict(wrong, stable ? "valid" : "unknown");
    }

    @Test
    void a_linearizable_set_is_what_some_order_explains() {
        int[] counts = new int[2];
        for (int seed = 0; seed < histories(); seed++) {
            String[] events = SmallHistories.make(new Random(seed), 8, new SetClient());
            History history = Events.of(events);
            boolean expected = AllOrders.explain(history.operations().toList(), Set.<Value>of(), SetTwinsTest::add);
            boolean found = !(new FullSet(true).check(history, Budget.unlimited()) instanceof Answer.Invalid);
            assertThat(found).as("seed %d: %s", seed, List.of(events)).isEqualTo(expected);
            counts[expected ? 1 : 0]++;
        }
        assertThat(counts[0]).isGreaterThan(histories() / 20);
        assertThat(counts[1]).isGreaterThan(histories() / 20);
    }

    private static Optional<Set<Value>> add(Set<Value> state, Operation operation) {
        if (operation.function().equals("add")) {
            Set<Value> more = new HashSet<>(state);
            more.add(operation.argument());
            return Optional.of(more);
        }
        boolean same = new HashSet<>(Twins.items(operation)).equals(state)
                && Twins.items(operation).size() == state.size();
        boolean fits = same || operation.completion() != Completion.OK;
        return fits ? Optional.of(state) : Optional.empty();
    }

    @Test
    void no_history_has_two_answers() {
        assertThat(IntStream.range(0, 100)
                        .mapToObj(_ ->
                                Events.verdict(new FullSet(true), Events.of("0 add 1", "0 ok", "0 read", "0 ok []")))
                        .distinct())
                .hasSize(1);
    }
}
