package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Compares the checkers of counters, ids and banks on small histories with definitions taken word
/// by word, and counters with all orders in which the operations can have happened.
class CounterTwinsTest {
    /// Returns how many histories each checker is tried with.
    int histories() {
        return 2_000;
    }

    /// Adds small numbers, and reads others.
    private static final class CounterClient implements SmallHistories.Client {
        @Override
        public String call(Random random) {
            return switch (random.nextInt(6)) {
                case 0, 1 -> "read";
                case 2 -> "decrement " + random.nextInt(2);
                default -> "add " + (random.nextInt(5) - 1);
            };
        }

        @Override
        public String answer(String call, Random random) {
            return call.equals("read") ? String.valueOf(random.nextInt(9) - 2) : "";
        }
    }

    @Test
    void counters() {
        Twins.compare(histories(), new CounterBounds(), _ -> new CounterClient(), 8, CounterTwinsTest::counter);
    }

    private static String counter(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        for (Operation read : Twins.okReads(operations)) {
            long least = 0;
            long most = 0;
            for (Operation add : operations) {
                if (add.function().equals("read")) {
                    continue;
                }
                boolean before = add.completion() == Completion.OK && add.returned() < read.called();
                boolean possible = add.completion() != Completion.FAIL && add.called() < read.returned();
                long amount = amount(add);
                least += before || (possible && amount < 0) ? amount : 0;
                most += before || (possible && amount > 0) ? amount : 0;
            }
            if (Twins.number(read.result()) < least || Twins.number(read.result()) > most) {
                wrong.add("out-of-bounds");
            }
        }
        return Twins.verdict(wrong, Twins.okReads(operations).isEmpty() ? "unknown" : "valid");
    }

    @Test
    void no_counter_with_an_order_is_refused() {
        int explained = 0;
        for (int seed = 0; seed < histories(); seed++) {
            String[] events = SmallHistories.make(new Random(seed), 7, new CounterClient());
            History history = Events.of(events);
            if (AllOrders.explain(history.operations().toList(), 0L, CounterTwinsTest::count)) {
                explained++;
                assertThat(new CounterBounds().check(history, Budget.unlimited()))
                        .as("seed %d: %s", seed, List.of(events))
                        .isNotInstanceOf(Answer.Invalid.class);
            }
        }
        assertThat(explained).isGreaterThan(histories() / 20);
    }

    private static Optional<Long> count(long state, Operation operation) {
        if (!operation.function().equals("read")) {
            return Optional.of(state + amount(operation));
        }
        boolean fits = operation.completion() != Completion.OK || Twins.number(operation.result()) == state;
        return fits ? Optional.of(state) : Optional.empty();
    }

    private static long amount(Operation operation) {
        long amount = Twins.number(operation.argument());
        return operation.function().equals("decrement") ? -amount : amount;
    }

    /// Asks for ids, of which there are few.
    private static final class IdClient implements SmallHistories.Client {
        @Override
        public String call(Random random) {
            return "generate";
        }

        @Override
        public String answer(String call, Random random) {
            return "id" + random.nextInt(20);
        }
    }

    @Test
    void ids() {
        Twins.compare(histories(), new UniqueIds(), _ -> new IdClient(), 8, operations -> {
            List<Value> ids = operations.stream()
                    .filter(operation -> operation.completion() == Completion.OK)
                    .map(Operation::result)
                    .toList();
            boolean twice = new HashSet<>(ids).size() < ids.size();
            return Twins.verdict(twice ? Set.of("duplicated") : Set.of(), ids.isEmpty() ? "unknown" : "valid");
        });
    }

    /// Reads balances that mostly sum up to 10.
    private static final class BankClient implements SmallHistories.Client {
        @Override
        public String call(Random random) {
            return random.nextInt(4) == 0 ? "transfer" : "read";
        }

        @Override
        public String answer(String call, Random random) {
            if (!call.equals("read")) {
                return "";
            }
            int a = random.nextInt(12);
            int b = 10 - a + (random.nextInt(8) == 0 ? 1 : 0);
            return switch (random.nextInt(20)) {
                case 0 -> "{a " + a + "}";
                case 1 -> "{a " + a + " b nil}";
                case 2 -> "{a " + a + " c " + b + "}";
                default -> "{b " + b + " a " + a + "}";
            };
        }
    }

    @Test
    void banks() {
        Twins.compare(
                histories(),
                new BankTotals(OptionalLong.of(10), false),
                _ -> new BankClient(),
                6,
                operations -> bank(operations, 10));
        Twins.compare(
                histories(),
                new BankTotals(OptionalLong.empty(), false),
                _ -> new BankClient(),
                6,
                operations -> bank(operations, -1));
    }

    private static String bank(List<Operation> operations, long expected) {
        Set<String> wrong = new TreeSet<>();
        Set<Value> accounts = null;
        for (Operation read : Twins.okReads(operations)) {
            Map<Value, Value> balances = new TreeMap<>(Comparator.comparing(Value::toString));
            ((Value.Fields) read.result()).fields().forEach(field -> balances.put(field.name(), field.value()));
            accounts = accounts == null ? balances.keySet() : accounts;
            if (!accounts.equals(balances.keySet())) {
                wrong.add("other-accounts");
            }
            if (balances.containsValue(Value.NIL)) {
                wrong.add("no-balance");
            }
            if (balances.values().stream()
                    .anyMatch(balance -> balance instanceof Value.Int(long number) && number < 0)) {
                wrong.add("negative");
            }
            if (!balances.containsValue(Value.NIL)) {
                long sum = balances.values().stream().mapToLong(Twins::number).sum();
                expected = expected < 0 ? sum : expected;
                if (sum != expected) {
                    wrong.add("wrong-total");
                }
            }
        }
        return Twins.verdict(wrong, accounts == null ? "unknown" : "valid");
    }
}
