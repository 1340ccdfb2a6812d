package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks whether operations on a register can be put in one order that keeps the order of time.
///
/// @param initial what is read before anything was written
public record Linearizability(Value initial) implements Checker {
    private record Config(BitSet done, int state) {}

    @Override
    public Answer check(History history, Budget budget) {
        List<Integer> operations = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            if (history.completion(i) != Completion.FAIL) {
                operations.add(i);
            }
        }
        int start = initial.equals(Value.NIL) ? Values.NIL : history.values().cell(initial);
        List<Fact> facts = List.of(new Fact("operations", operations.size()));
        Set<Config> seen = new HashSet<>();
        boolean found = search(history, operations, new Config(new BitSet(), start), seen, budget);
        if (found) {
            return new Answer.Valid(facts);
        }
        return budget.spent()
                .<Answer>map(reason -> new Answer.Unknown(reason, facts))
                .orElseGet(() -> new Answer.Invalid(
                        List.of(new Anomaly("not-linearizable", "no order explains it", operations, List.of())),
                        facts));
    }

    private static boolean search(
            History history, List<Integer> operations, Config config, Set<Config> seen, Budget budget) {
        if (budget.spent().isPresent() || !seen.add(config)) {
            return false;
        }
        int earliest = History.NEVER;
        for (int i = 0; i < operations.size(); i++) {
            if (!config.done().get(i)) {
                earliest = Math.min(earliest, history.returned(operations.get(i)));
            }
        }
        if (earliest == History.NEVER) {
            return true;
        }
        for (int i = 0; i < operations.size(); i++) {
            int operation = operations.get(i);
            boolean read = history.functions().get(history.function(operation)).equals("read");
            boolean legal = !read
                    || history.completion(operation) == Completion.INFO
                    || history.result(operation) == config.state();
            if (!config.done().get(i) && legal && history.called(operation) < earliest) {
                BitSet done = (BitSet) config.done().clone();
                done.set(i);
                int state = read ? config.state() : history.argument(operation);
                if (search(history, operations, new Config(done, state), seen, budget)) {
                    return true;
                }
            }
        }
        return false;
    }
}
