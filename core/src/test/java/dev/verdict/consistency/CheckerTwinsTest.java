package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.SessionGuarantees.Guarantee;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Compares the checkers on small histories with definitions taken word by word, and with all
/// orders in which the operations can have happened.
class CheckerTwinsTest {
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
            return call.equals("read") ? elements(random, added) : "";
        }

        static String elements(Random random, int added) {
            List<Integer> seen = new ArrayList<>();
            int much = random.nextInt(4);
            for (int element = 1; element <= added + (random.nextInt(12) == 0 ? 1 : 0); element++) {
                if (much == 0 ? random.nextBoolean() : much > 1 || random.nextInt(5) > 0) {
                    seen.add(element);
                }
            }
            if (!seen.isEmpty() && random.nextInt(20) == 0) {
                seen.add(seen.getFirst());
            }
            return seen.toString().replace(",", "");
        }
    }

    @Test
    void the_last_read_of_a_set() {
        compare(new FinalSet(), _ -> new SetClient(), 8, CheckerTwinsTest::finalSet);
    }

    private static String finalSet(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        List<Operation> reads = okReads(operations);
        if (reads.isEmpty()) {
            return "unknown";
        }
        Operation read = reads.getLast();
        impossible(operations, read, wrong);
        for (Operation add : calls(operations, "add")) {
            if (add.completion() == Completion.OK
                    && add.returned() < read.called()
                    && !items(read).contains(add.argument())) {
                wrong.add("lost");
            }
        }
        return verdict(wrong, "valid");
    }

    private static void impossible(List<Operation> operations, Operation read, Set<String> wrong) {
        List<Value> items = items(read);
        if (new HashSet<>(items).size() < items.size()) {
            wrong.add("duplicated");
        }
        for (Value item : items) {
            boolean added = calls(operations, "add").stream()
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
        compare(new FullSet(false), _ -> new SetClient(), 8, CheckerTwinsTest::fullSet);
    }

    private static String fullSet(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        boolean stable = false;
        okReads(operations).forEach(read -> impossible(operations, read, wrong));
        for (Value element : calls(operations, "add").stream()
                .filter(add -> add.completion() != Completion.FAIL)
                .map(Operation::argument)
                .collect(Collectors.toSet())) {
            int called = calls(operations, "add").stream()
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
                boolean sees =
                        operation.function().equals("read") && items(operation).contains(element);
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
        return verdict(wrong, stable ? "valid" : "unknown");
    }

    @Test
    void a_linearizable_set_is_what_some_order_explains() {
        int[] counts = new int[2];
        for (int seed = 0; seed < histories(); seed++) {
            String[] events = SmallHistories.make(new Random(seed), 8, new SetClient());
            History history = Events.of(events);
            boolean expected = AllOrders.explain(history.operations().toList(), Set.<Value>of(), CheckerTwinsTest::add);
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
        boolean same = new HashSet<>(items(operation)).equals(state)
                && items(operation).size() == state.size();
        boolean fits = same || operation.completion() != Completion.OK;
        return fits ? Optional.of(state) : Optional.empty();
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
                case "drain" -> SetClient.elements(random, added);
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
                    AllOrders.explain(history.operations().toList(), Map.<Value, Integer>of(), CheckerTwinsTest::move);
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
        Map<Value, Integer> after = new java.util.HashMap<>(bag);
        int left = after.merge(value, in ? 1 : -1, Integer::sum);
        return left < 0 ? Optional.empty() : Optional.of(after);
    }

    @Test
    void queues_that_must_give_everything_back() {
        compare(new Queue(true, true), _ -> new QueueClient(), 9, operations -> totalQueue(operations, true));
        compare(new Queue(false, true), _ -> new QueueClient(), 9, operations -> totalQueue(operations, false));
    }

    private record Taken(Value value, int returned) {}

    private static String totalQueue(List<Operation> operations, boolean twice) {
        Set<String> wrong = new TreeSet<>();
        List<Operation> puts = calls(operations, "enqueue").stream()
                .filter(put -> put.completion() != Completion.FAIL)
                .toList();
        List<Taken> taken = operations.stream()
                .filter(operation -> operation.completion() == Completion.OK)
                .flatMap(operation -> switch (operation.function()) {
                    case "dequeue" ->
                        operation.result().equals(Value.NIL)
                                ? java.util.stream.Stream.<Taken>empty()
                                : java.util.stream.Stream.of(new Taken(operation.result(), operation.returned()));
                    case "drain" -> items(operation).stream().map(item -> new Taken(item, operation.returned()));
                    default -> java.util.stream.Stream.<Taken>empty();
                })
                .sorted(java.util.Comparator.comparingInt(Taken::returned))
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
        int drained = calls(operations, "drain").stream()
                .filter(drain -> drain.completion() == Completion.OK)
                .max(java.util.Comparator.comparingInt(Operation::returned))
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
                calls(operations, "drain").stream().anyMatch(drain -> drain.completion() == Completion.INFO);
        if (lost > crashed && !crashedDrain) {
            wrong.add("lost");
        }
        return verdict(wrong, left > 0 || taken.isEmpty() ? "unknown" : "valid");
    }

    /// Adds small numbers, and reads others.
    private static final class CounterClient implements SmallHistories.Client {
        @Override
        public String call(Random random) {
            return random.nextInt(3) == 0 ? "read" : "add " + (random.nextInt(5) - 1);
        }

        @Override
        public String answer(String call, Random random) {
            return call.equals("read") ? String.valueOf(random.nextInt(9) - 2) : "";
        }
    }

    @Test
    void counters() {
        compare(new CounterBounds(), _ -> new CounterClient(), 8, CheckerTwinsTest::counter);
    }

    private static String counter(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        for (Operation read : okReads(operations)) {
            long least = 0;
            long most = 0;
            for (Operation add : calls(operations, "add")) {
                boolean before = add.completion() == Completion.OK && add.returned() < read.called();
                boolean possible = add.completion() != Completion.FAIL && add.called() < read.returned();
                long amount = number(add.argument());
                least += before || (possible && amount < 0) ? amount : 0;
                most += before || (possible && amount > 0) ? amount : 0;
            }
            if (number(read.result()) < least || number(read.result()) > most) {
                wrong.add("out-of-bounds");
            }
        }
        return verdict(wrong, okReads(operations).isEmpty() ? "unknown" : "valid");
    }

    @Test
    void no_counter_with_an_order_is_refused() {
        int explained = 0;
        for (int seed = 0; seed < histories(); seed++) {
            String[] events = SmallHistories.make(new Random(seed), 7, new CounterClient());
            History history = Events.of(events);
            if (AllOrders.explain(history.operations().toList(), 0L, CheckerTwinsTest::count)) {
                explained++;
                assertThat(new CounterBounds().check(history, Budget.unlimited()))
                        .as("seed %d: %s", seed, List.of(events))
                        .isNotInstanceOf(Answer.Invalid.class);
            }
        }
        assertThat(explained).isGreaterThan(histories() / 20);
    }

    private static Optional<Long> count(long state, Operation operation) {
        if (operation.function().equals("add")) {
            return Optional.of(state + number(operation.argument()));
        }
        boolean fits = operation.completion() != Completion.OK || number(operation.result()) == state;
        return fits ? Optional.of(state) : Optional.empty();
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
        compare(new UniqueIds(), _ -> new IdClient(), 8, operations -> {
            List<Value> ids = operations.stream()
                    .filter(operation -> operation.completion() == Completion.OK)
                    .map(Operation::result)
                    .toList();
            boolean twice = new HashSet<>(ids).size() < ids.size();
            return verdict(twice ? Set.of("duplicated") : Set.of(), ids.isEmpty() ? "unknown" : "valid");
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
        compare(
                new BankTotals(OptionalLong.of(10), false),
                _ -> new BankClient(),
                6,
                operations -> bank(operations, 10));
        compare(
                new BankTotals(OptionalLong.empty(), false),
                _ -> new BankClient(),
                6,
                operations -> bank(operations, -1));
    }

    private static String bank(List<Operation> operations, long expected) {
        Set<String> wrong = new TreeSet<>();
        Set<Value> accounts = null;
        for (Operation read : okReads(operations)) {
            Map<Value, Value> balances = new TreeMap<>(java.util.Comparator.comparing(Value::toString));
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
                long sum = balances.values().stream()
                        .mapToLong(CheckerTwinsTest::number)
                        .sum();
                expected = expected < 0 ? sum : expected;
                if (sum != expected) {
                    wrong.add("wrong-total");
                }
            }
        }
        return verdict(wrong, accounts == null ? "unknown" : "valid");
    }

    /// Adds elements that are all new.
    private static final class SessionClient implements SmallHistories.Client {
        private int added;

        @Override
        public String call(Random random) {
            return random.nextInt(5) > 1 ? "read" : "add " + ++added;
        }

        @Override
        public String answer(String call, Random random) {
            return call.equals("read") ? SetClient.elements(random, added) : "";
        }
    }

    @Test
    void sessions() {
        compare(SessionGuarantees.all(), _ -> new SessionClient(), 9, CheckerTwinsTest::session);
    }

    private static String session(List<Operation> operations) {
        Set<String> wrong = new TreeSet<>();
        for (Operation read : okReads(operations)) {
            for (Operation earlier : operations) {
                boolean same = earlier.process() == read.process() && earlier.called() < read.called();
                if (same
                        && earlier.function().equals("add")
                        && earlier.completion() == Completion.OK
                        && !items(read).contains(earlier.argument())) {
                    wrong.add(Guarantee.READ_YOUR_WRITES.term());
                }
                if (same && isRead(earlier) && !items(read).containsAll(items(earlier))) {
                    wrong.add(Guarantee.MONOTONIC_READS.term());
                }
            }
            for (Operation write : calls(operations, "add")) {
                if (write.completion() != Completion.FAIL && items(read).contains(write.argument())) {
                    before(operations, write, read, wrong);
                }
            }
        }
        return verdict(wrong, okReads(operations).isEmpty() ? "unknown" : "valid");
    }

    private static void before(List<Operation> operations, Operation write, Operation read, Set<String> wrong) {
        for (Operation earlier : operations) {
            boolean same = earlier.process() == write.process() && earlier.called() < write.called();
            if (same
                    && earlier.function().equals("add")
                    && earlier.completion() == Completion.OK
                    && !items(read).contains(earlier.argument())) {
                wrong.add(Guarantee.MONOTONIC_WRITES.term());
            }
            if (same && isRead(earlier) && !items(read).containsAll(items(earlier))) {
                wrong.add(Guarantee.WRITES_FOLLOW_READS.term());
            }
        }
    }

    private void compare(
            Checker checker,
            Function<Random, SmallHistories.Client> client,
            int most,
            Function<List<Operation>, String> twin) {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < histories(); seed++) {
            Random random = new Random(seed);
            String[] events = SmallHistories.make(random, most, client.apply(random));
            History history = Events.of(events);
            String expected = twin.apply(history.operations().toList());
            assertThat(Events.verdict(checker, history))
                    .as("seed %d: %s", seed, List.of(events))
                    .isEqualTo(expected);
            seen.merge(expected, 1, Integer::sum);
        }
        assertThat(seen).containsKeys("valid", "unknown");
        assertThat(seen.size()).isGreaterThan(2);
    }

    private static String verdict(Set<String> wrong, String otherwise) {
        return wrong.isEmpty() ? otherwise : String.join(" ", wrong);
    }

    private static List<Operation> calls(List<Operation> operations, String function) {
        return operations.stream()
                .filter(operation -> operation.function().equals(function))
                .toList();
    }

    private static boolean isRead(Operation operation) {
        return operation.function().equals("read") && operation.completion() == Completion.OK;
    }

    private static List<Operation> okReads(List<Operation> operations) {
        return operations.stream().filter(CheckerTwinsTest::isRead).toList();
    }

    private static List<Value> items(Operation read) {
        return read.result() instanceof Value.Many(List<Value> items) ? items : List.of();
    }

    private static long number(Value value) {
        return ((Value.Int) value).value();
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
