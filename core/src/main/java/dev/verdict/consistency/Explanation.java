package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Makes an illegal history small enough to be looked at, and says what is illegal in it.
///
/// Only what a legal history could lose as well is taken away, so that what is left is illegal
/// because the whole is: observers; values together with all that write and see them; writes that
/// nobody sees; and everything before a move during which nothing else changed anything.
final class Explanation {
    /// Bounds each test, in steps of the search.
    private static final long STEPS_A_TEST = 10_000;

    /// Bounds all tests, in steps of the search and moves that were looked at.
    private static final long EFFORT = 300_000;

    private final Budget budget;
    private Moves moves;
    private long effort;

    /// The operation that the part begins with, which must stay; -1 if nothing was cut.
    private int anchor = -1;

    private Explanation(Moves moves, Budget budget) {
        this.moves = moves;
        this.budget = budget;
    }

    /// Explains why moves are illegal.
    static Anomaly of(History history, Moves illegal, Budget budget) {
        var explanation = new Explanation(illegal, budget);
        explanation.shrink();
        return explanation.anomaly(history);
    }

    private Anomaly anomaly(History history) {
        var search = new Search(moves, 1, Budget.unlimited());
        search.run(STEPS_A_TEST, Budget.unlimited());
        int culprit = moves.last();
        List<Anomaly.Placed> prefix = search.path().placed();
        String state = prefix.isEmpty()
                ? moves.values().value(moves.initial()).toString()
                : prefix.getLast().state();
        List<Integer> operations = IntStream.range(0, moves.size())
                .map(moves::operation)
                .sorted()
                .boxed()
                .toList();
        Operation seen = history.operation(moves.operation(culprit));
        String text =
                "no order of these %d operations explains `%s`: the longest legal order of what was before ends in %s"
                        .formatted(operations.size(), seen, state);
        return new Anomaly("not-linearizable", text, operations, List.of(seen.index()), prefix);
    }

    private void shrink() {
        for (int size = moves.size() + 1; moves.size() < size && mayTest(); ) {
            size = moves.size();
            cutBegin();
            removeSome(this::isObserver);
            if (!moves.has(Moves.APPEND) && !moves.has(Moves.UNEQUAL)) {
                removeValues();
                removeUnseen();
            }
        }
    }

    private boolean mayTest() {
        return effort < EFFORT && budget.spent().isEmpty();
    }

    /// Keeps a smaller part if it is illegal.
    private boolean keep(Moves part) {
        if (!mayTest()) {
            return false;
        }
        effort += part.size();
        for (int bags : new int[] {Search.NO_BAGS, Search.ALL_BAGS}) {
            var search = new Search(part, bags, Budget.unlimited());
            Search.Status status = search.run(STEPS_A_TEST, budget);
            effort += search.steps();
            if (status == Search.Status.NONE) {
                moves = part.until(part.returned(search.culprit()));
                return true;
            }
            if (!search.hasUnknowns()) {
                return false;
            }
        }
        return false;
    }

    /// Cuts what is before a move during which nothing else changed: what it saw or made is what
    /// was there afterwards.
    private void cutBegin() {
        List<Integer> cuts =
                IntStream.range(0, moves.size()).filter(this::isAlone).boxed().toList();
        for (int back = 1; back <= cuts.size() && mayTest(); back *= 2) {
            int cut = cuts.get(cuts.size() - back);
            int operation = moves.operation(cut);
            if (keep(moves.from(cut))) {
                anchor = operation;
                return;
            }
        }
    }

    private boolean isAlone(int alone) {
        return moves.kind(alone) != Moves.APPEND
                && moves.kind(alone) != Moves.UNEQUAL
                && !moves.isUnknown(alone)
                && IntStream.range(0, moves.size())
                        .noneMatch(move -> move != alone
                                && !moves.isObserver(move)
                                && !moves.isUnknown(move)
                                && moves.called(move) < moves.returned(alone)
                                && moves.returned(move) > moves.called(alone));
    }

    /// Removes observers, or other moves each of which may go by itself: first many at once.
    private void removeSome(IntPredicate removable) {
        for (int chunk = moves.size(); chunk >= 1 && mayTest(); chunk /= 2) {
            for (int from = 0; from < moves.size() && mayTest(); ) {
                BitSet kept = new BitSet();
                kept.set(0, moves.size());
                int at = from;
                for (int removed = 0; at < moves.size() && removed < chunk; at++) {
                    if (removable.test(at)) {
                        kept.clear(at);
                        removed++;
                    }
                }
                if (kept.cardinality() == moves.size() || !keep(moves.only(kept))) {
                    from = at;
                }
            }
        }
    }

    /// Removes values that no comparison takes part in: with all that write and see them.
    private void removeValues() {
        Set<Integer> compared = new HashSet<>();
        Set<Integer> values = new HashSet<>();
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) == Moves.CAS) {
                compared.add(moves.need(move));
            }
            if (moves.operation(move) == anchor) {
                compared.add(moves.makes(move));
            }
            values.add(moves.makes(move));
        }
        values.removeAll(compared);
        List<Integer> candidates = new ArrayList<>(values.stream().sorted().toList());
        for (int chunk = candidates.size(); chunk >= 1 && mayTest(); chunk /= 2) {
            for (int from = 0; from < candidates.size() && mayTest(); ) {
                List<Integer> some = candidates.subList(from, Math.min(candidates.size(), from + chunk));
                Set<Integer> gone = Set.copyOf(some);
                BitSet kept = new BitSet();
                IntStream.range(0, moves.size())
                        .filter(move -> !gone.contains(moves.makes(move)))
                        .forEach(kept::set);
                if (keep(moves.only(kept))) {
                    some.clear();
                } else {
                    from += chunk;
                }
            }
        }
    }

    private void removeUnseen() {
        removeSome(move -> !moves.isObserver(move) && moves.operation(move) != anchor && isUnseen(moves.makes(move)));
    }

    private boolean isObserver(int move) {
        return moves.isObserver(move);
    }

    private boolean isUnseen(int value) {
        return IntStream.range(0, moves.size())
                .noneMatch(move -> moves.kind(move) != Moves.WRITE && moves.need(move) == value);
    }
}
