package dev.verdict.consistency.append;

import dev.verdict.consistency.append.SmallAppends.Step;
import dev.verdict.consistency.append.SmallAppends.Txn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Tries all orders of a few transactions: the twin of what the graphs say.
final class SerialOrders {
    /// Any order will do.
    static final BiPredicate<Txn, Txn> ANY = (_, _) -> false;

    /// The order of each process must be kept.
    static final BiPredicate<Txn, Txn> PROCESS =
            (a, b) -> a.ok() && a.process() == b.process() && a.called() < b.called();

    /// The order of time must be kept.
    static final BiPredicate<Txn, Txn> TIME = (a, b) -> a.ok() && a.returned() < b.called();

    private final List<Txn> txns;
    private final BiPredicate<Txn, Txn> before;

    private SerialOrders(List<Txn> txns, BiPredicate<Txn, Txn> before) {
        this.txns = txns.stream().filter(txn -> !txn.failed()).toList();
        this.before = before;
    }

    /// Tells whether some order of the transactions, one at a time, gives what they read.
    static boolean serializable(List<Txn> txns, BiPredicate<Txn, Txn> before) {
        SerialOrders orders = new SerialOrders(txns, before);
        return orders.place(0, Map.of());
    }

    private boolean place(int placed, Map<Integer, List<Integer>> lists) {
        boolean rest = false;
        for (int at = 0; at < txns.size(); at++) {
            Txn txn = txns.get(at);
            if ((placed & 1 << at) != 0) {
                continue;
            }
            rest |= txn.ok();
            if (mayCome(txn, placed)) {
                Optional<Map<Integer, List<Integer>>> after = run(txn, lists);
                if (after.isPresent() && place(placed | 1 << at, after.get())) {
                    return true;
                }
            }
        }
        return !rest;
    }

    /// Tells whether all acknowledged transactions that must come first did.
    private boolean mayCome(Txn txn, int placed) {
        for (int at = 0; at < txns.size(); at++) {
            if ((placed & 1 << at) == 0 && !txns.get(at).equals(txn) && before.test(txns.get(at), txn)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Map<Integer, List<Integer>>> run(Txn txn, Map<Integer, List<Integer>> lists) {
        Map<Integer, List<Integer>> after = new HashMap<>();
        lists.forEach((key, list) -> after.put(key, new ArrayList<>(list)));
        for (Step step : txn.steps()) {
            List<Integer> list = after.computeIfAbsent(step.key(), _ -> new ArrayList<>());
            if (step.append()) {
                list.add(step.element());
            } else if (txn.ok() && !list.equals(step.read())) {
                return Optional.empty();
            }
        }
        return Optional.of(after);
    }

    /// Tells whether some order of starts and commits gives what was read, where a transaction
    /// reads from its start, and none may append to a list that another has appended to since.
    static boolean snapshotIsolated(List<Txn> txns, BiPredicate<Txn, Txn> before) {
        SerialOrders orders = new SerialOrders(txns, before);
        return orders.advance(new int[orders.txns.size()], new HashMap<>(), new HashMap<>());
    }

    private boolean advance(
            int[] state, Map<Integer, List<Integer>> lists, Map<Integer, Map<Integer, List<Integer>>> snapshots) {
        boolean rest = false;
        for (int at = 0; at < state.length; at++) {
            Txn txn = txns.get(at);
            rest |= state[at] < 2 && txn.ok();
            if (state[at] == 0 && mayStart(txn, state)) {
                state[at] = 1;
                Map<Integer, Map<Integer, List<Integer>>> more = new HashMap<>(snapshots);
                more.put(at, lists);
                if (run(txn, lists).isPresent() && advance(state, lists, more)) {
                    return true;
                }
                state[at] = 0;
            } else if (state[at] == 1 && commits(txn, lists, snapshots.getOrDefault(at, Map.of()))) {
                state[at] = 2;
                if (advance(state, commit(txn, lists), snapshots)) {
                    return true;
                }
                state[at] = 1;
            }
        }
        return !rest;
    }

    private boolean mayStart(Txn txn, int[] state) {
        for (int at = 0; at < state.length; at++) {
            if (state[at] < 2 && !txns.get(at).equals(txn) && before.test(txns.get(at), txn)) {
                return false;
            }
        }
        return true;
    }

    private static boolean commits(Txn txn, Map<Integer, List<Integer>> lists, Map<Integer, List<Integer>> snapshot) {
        return txn.steps().stream()
                .filter(Step::append)
                .allMatch(step ->
                        lists.getOrDefault(step.key(), List.of()).equals(snapshot.getOrDefault(step.key(), List.of())));
    }

    private static Map<Integer, List<Integer>> commit(Txn txn, Map<Integer, List<Integer>> lists) {
        Map<Integer, List<Integer>> after = new HashMap<>();
        lists.forEach((key, list) -> after.put(key, new ArrayList<>(list)));
        txn.steps().stream()
                .filter(Step::append)
                .forEach(step -> after.computeIfAbsent(step.key(), _ -> new ArrayList<>())
                        .add(step.element()));
        return after;
    }
}
