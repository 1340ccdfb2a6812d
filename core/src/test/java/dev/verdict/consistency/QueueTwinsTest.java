package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Compares the checkers of queues on small histories with definitions taken word by word, and with
/// all orders in which the operations can have happened.
class QueueTwinsTest {
    /// Returns how many histories each checker is tried with.
    int histories() {
        return 2_000;
    }

    /// Puts values in, some of them twice, and takes some out.
    private static final class QueueClient implements SmallHistories.Client {
        private int added;

        @Override
        public String call(Random random) {
            return switch (random.nextInt(7)) {
                case 0, 1, 2 -> "enqueue " + (random.nextInt(6) == 0 && added > 0 ? added : ++added);
                case 3 -> "drain";
                default -> "dequeue";
            };
        }

        @Override
        public String answer(String call, Random random) {
            return switch (call) {
                case "dequeue" -> random.nextInt(5) == 0 ? "nil" : String.valueOf(1 + random.nextInt(added + 1));
                case "drain" -> Twins.elements(random, added);
                default -> "";
            };
        }
    }

    @Test
    void a_queue_is_what_some_order_explains() {
        int[] counts = new int[2];
        for (int seed = 0; seed < histories(); seed++) {
            String[] events = SmallHistories.make(new Random(seed), 8, new QueueClient());
            if (String.join(" ", events).contains("drain")) {
                continue; // a drain is not one step
            }
            History history = Events.of(events);
            boolean expected =
                    AllOrders.explain(history.operations().toList(), Map.<Value, Integer>of(), QueueTwinsTest::move);
            boolean found = !(new Queue(false, false).check(history, Budget.unlimited()) instanceof Answer.Invalid);
            assertThat(found).as("seed %d: %s", seed, List.of(events)).isEqualTo(expected);
            counts[expected ? 1 : 0]++;
        }
        assertThat(counts[0]).isGreaterThan(histories() / 20);
        assertThat(counts[1]).isGreaterThan(histories() / 20);
    }

    /// Moves values in and out of a bag; an unknown dequeue may well have taken nothing.
    private static Optional<Map<Value, Integer>> move(Map<Value, Integer> bag, Operation operation) {
        boolean in = operation.function().equals("enqueue");
        Value value = in ? operation.argument() : operation.result();
        if (value.equals(Value.NIL)) {
            return Optional.of(bag);
        }
        Map<Value, Integer> after = new HashMap<>(bag);
        int left = after.merge(value, in ? 1 : -1, Integer::sum);
        return left < 0 ? Optional.empty() : Optional.of(after);
    }

    @Test
    void queues_that_must_give_everything_back() {
        Twins.compare(
                histories(),
                new Queue(true, true),
                _ -> new QueueClient(),
                9,
                operations -> totalQueue(operations, true));
        Twins.compare(
                histories(),
                new Queue(false, true),
                _ -> new QueueClient(),
                9,
                operations -> totalQueue(operations, false));
    }

    private record Taken(Value value, int returned) {}

    private static String totalQueue(List<Operation> operations, boolean twice) {
        Set<String> wrong = new TreeSet<>();
        List<Operation> puts = Twins.calls(operations, "enqueue").stream()
                .filter(put -> put.completion() != Completion.FAIL)
                .toList();
        List<Taken> taken = operations.stream()
                .filter(operation -> operation.completion() == Completion.OK)
                .flatMap(operation -> switch (operation.function()) {
                    case "dequeue" ->
                        operation.result().equals(Value.NIL)
                                ? Stream.<Taken>empty()
                                : Stream.of(new Taken(operation.result(), operation.returned()));
                    case "drain" -> Twins.items(operation).stream().map(item -> new Taken(item, operation.returned()));
                    default -> Stream.<Taken>empty();
                })
                .sorted(Comparator.comparingInt(Taken::returned))
                .toList();
        for (int at = 0; at < taken.size(); at++) {
            Taken one = taken.get(at);
            long before = puts.stream()
                    .filter(put -> put.argument().equals(one.value) && put.called() < one.returned)
                    .count();
            long out = taken.subList(0, at + 1).stream()
                    .filter(other -> other.value.equals(one.value))
                    .count();
            if (before == 0) {
                wrong.add("unexpected");
            } else if (out > before && !twice) {
                wrong.add("duplicated");
            }
        }
        return losses(operations, puts, taken, wrong);
    }

    private static String losses(
            List<Operation> operations, List<Operation> puts, List<Taken> taken, Set<String> wrong) {
        int drained = Twins.calls(operations, "drain").stream()
                .filter(drain -> drain.completion() == Completion.OK)
                .max(Comparator.comparingInt(Operation::returned))
                .map(Operation::called)
                .orElse(-1);
        long lost = 0;
        long left = 0;
        for (Value value : puts.stream().map(Operation::argument).collect(Collectors.toSet())) {
            long out = taken.stream().filter(one -> one.value.equals(value)).count();
            long acknowledged = puts.stream()
                    .filter(put ->
                            put.completion() == Completion.OK && put.argument().equals(value))
                    .count();
            long early = puts.stream()
                    .filter(put -> put.completion() == Completion.OK
                            && put.argument().equals(value)
                            && put.returned() < drained)
                    .count();
            left += Math.max(0, acknowledged - out);
            lost += Math.max(0, early - out);
        }
        long crashed = operations.stream()
                .filter(operation -> operation.completion() == Completion.INFO
                        && operation.function().equals("dequeue"))
                .count();
        boolean crashedDrain =
                Twins.calls(operations, "drain").stream().anyMatch(drain -> drain.completion() == Completion.INFO);
        if (lost > crashed && !crashedDrain) {
            wrong.add("lost");
        }
        return Twins.verdict(wrong, left > 0 || taken.isEmpty() ? "unknown" : "valid");
    }
}
