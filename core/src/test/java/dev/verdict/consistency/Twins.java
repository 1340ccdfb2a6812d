package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// Compares a checker with its twin: the definition taken word by word, on small histories.
final class Twins {
    private Twins() {}

    /// Compares a checker with its twin, which says `valid`, `unknown` or what is wrong.
    static void compare(
            int histories,
            Checker checker,
            Function<Random, SmallHistories.Client> client,
            int most,
            Function<List<Operation>, String> twin) {
        Map<String, Integer> seen = new TreeMap<>();
        for (int seed = 0; seed < histories; seed++) {
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

    static String verdict(Set<String> wrong, String otherwise) {
        return wrong.isEmpty() ? otherwise : String.join(" ", wrong);
    }

    static List<Operation> calls(List<Operation> operations, String function) {
        return operations.stream()
                .filter(operation -> operation.function().equals(function))
                .toList();
    }

    static boolean isRead(Operation operation) {
        return operation.function().equals("read") && operation.completion() == Completion.OK;
    }

    static List<Operation> okReads(List<Operation> operations) {
        return operations.stream().filter(Twins::isRead).toList();
    }

    static List<Value> items(Operation read) {
        return read.result() instanceof Value.Many(List<Value> items) ? items : List.of();
    }

    static long number(Value value) {
        return ((Value.Int) value).value();
    }

    /// Returns most, or a part, of the elements up to one; sometimes with one that is not there.
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
