package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes an illegal history small enough to be looked at, and says what is illegal in it.
///
/// Only what a legal history could lose as well is taken away, so that what is left is illegal
/// because the whole is: observers; values together with all that write and see them; writes that
/// nobody sees; and everything before a move during which nothing else changed anything.
final class Explanation {
    /// Bounds each test, in steps of the search.
    private static final long STEPS_A_TEST = 10_000;

    /// How many moves are searched exactly at most where some are unknown.
    private static final int MOST_EXACT = 500;

    /// Bounds all tests, in steps of the search and moves that were looked at.
    private static final long EFFORT = 300_000;

    private final Budget budget;
    private Moves moves;
    private long effort;

    /// The operation that the part begins with, which must stay; -1 if nothing was cut.
    private int anchor = -1;

    /// Which operations were left in parts that were not kept, so that none is searched twice.
    /// Begun anew after a cut: what was seen at it counts as written from then on.
    private final Set<BitSet> refused = new HashSet<>();

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
        String state = prefix.isEmpty() ? start() : prefix.getLast().state();
        List<Integer> operations = new ArrayList<>();
        for (int move = 0; move < moves.size(); move++) {
            operations.add(moves.operation(move));
        }
        operations.sort(null);
        Operation seen = history.operation(moves.operation(culprit));
        String before = moves.hasAnyStart() ? ", whatever was there before them" : "";
        String text = "no order of these " + operations.size() + " operations explains `" + seen + "`" + before
                + ": the longest legal order of what was before ends in " + state;
        return new Anomaly("not-linearizable", text, operations, List.of(seen.index()), prefix);
    }

    private String start() {
        return moves.hasAnyStart()
                ? "anything"
                : moves.values().value(moves.initial()).toString();
    }

    private void shrink() {
        for (int size = moves.size() + 1; moves.size() < size && mayTest(); ) {
            size = moves.size();
            cutBegin();
            removeSome(true);
            if (!moves.has(Moves.APPEND) && !moves.has(Moves.UNEQUAL)) {
                removeValues();
                removeSome(false);
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
        BitSet operations = operations(part);
        if (refused.contains(operations)) {
            effort += part.size();
            return false;
        }
        boolean kept = keepIfIllegal(part);
        if (!kept) {
            refused.add(operations);
        }
        return kept;
    }

    private static BitSet operations(Moves part) {
        BitSet operations = new BitSet();
        for (int move = 0; move < part.size(); move++) {
            operations.set(part.operation(move));
        }
        return operations;
    }

    private boolean keepIfIllegal(Moves part) {
        effort += part.size();
        for (int bags : new int[] {Search.NO_BAGS, Search.ALL_BAGS}) {
            var search = new Search(part, bags, Budget.unlimited());
            Search.Status status = search.run(STEPS_A_TEST, budget);
            effort += search.steps();
            if (status == Search.Status.NONE) {
                moves = part.until(part.returned(search.culprit()));
                return true;
            }
            // An order that takes no more of the unknown than there is, is one: no need to count.
            boolean legal = status == Search.Status.FOUND && search.overdrawn().isEmpty();
            if (legal || !search.hasUnknowns() || part.size() > MOST_EXACT) {
                return false;
            }
        }
        return false;
    }

    /// Cuts what is before a move during which nothing else changed: what it saw or made is what
    /// was there afterwards.
    private void cutBegin() {
        int[] cuts = alone();
        for (int back = 1; back <= cuts.length && mayTest(); back *= 2) {
            int cut = cuts[cuts.length - back];
            int operation = moves.operation(cut);
            if (keepIfIllegal(moves.from(cut))) {
                anchor = operation;
                refused.clear();
                return;
            }
        }
    }

    /// Returns the known moves that can begin a part, while which no other known one changed
    /// anything.
    private int[] alone() {
        int[] nextCalls = new int[moves.size() + 1];
        nextCalls[moves.size()] = History.NEVER;
        for (int move = moves.size() - 1; move >= 0; move--) {
            nextCalls[move] = isChange(move) ? moves.called(move) : nextCalls[move + 1];
        }
        int[] alone = new int[moves.size()];
        int count = 0;
        int lastReturn = -1;
        for (int move = 0; move < moves.size(); move++) {
            boolean apart = lastReturn < moves.called(move) && nextCalls[move + 1] > moves.returned(move);
            boolean tells = moves.kind(move) != Moves.APPEND && moves.kind(move) != Moves.UNEQUAL;
            if (apart && tells && !moves.isUnknown(move)) {
                alone[count++] = move;
            }
            lastReturn = isChange(move) ? Math.max(lastReturn, moves.returned(move)) : lastReturn;
        }
        return Arrays.copyOf(alone, count);
    }

    private boolean isChange(int move) {
        return !moves.isObserver(move) && !moves.isUnknown(move);
    }

    /// Removes observers, or else writes that nobody sees, each of which may go by itself: first
    /// many at once.
    private void removeSome(boolean observers) {
        BitSet removable = observers ? observers() : unseen();
        for (int chunk = removable.cardinality(); chunk >= 1 && mayTest(); chunk /= 2) {
            for (int from = 0; from < moves.size() && mayTest(); ) {
                BitSet kept = new BitSet();
                kept.set(0, moves.size());
                int at = from;
                for (int removed = 0; at < moves.size() && removed < chunk; at++) {
                    if (removable.get(at)) {
                        kept.clear(at);
                        removed++;
                    }
                }
                if (kept.cardinality() < moves.size() && keep(moves.only(kept))) {
                    removable = observers ? observers() : unseen();
                } else {
                    from = at;
                }
            }
        }
    }

    /// Removes values that no comparison takes part in: with all that write and see them.
    private void removeValues() {
        var values = new IntMap();
        int[] numbers = new int[moves.size()];
        for (int move = 0; move < moves.size(); move++) {
            numbers[move] = values.number(moves.makes(move));
        }
        BitSet stay = new BitSet();
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) == Moves.CAS && values.get(moves.need(move)) != IntMap.NONE) {
                stay.set(values.get(moves.need(move)));
            }
            if (moves.operation(move) == anchor) {
                stay.set(numbers[move]);
            }
        }
        for (int chunk = values.size() - stay.cardinality(); chunk >= 1 && mayTest(); chunk /= 2) {
            BitSet gone = new BitSet();
            for (int value = stay.nextClearBit(0); value < values.size() && mayTest(); ) {
                gone.set(value);
                value = stay.nextClearBit(value + 1);
                if (gone.cardinality() == chunk || value >= values.size()) {
                    if (keep(moves.only(without(gone, values)))) {
                        stay.or(gone); // it is away
                    }
                    gone.clear();
                }
            }
        }
    }

    /// Returns the moves that make other values, or see them.
    private BitSet without(BitSet gone, IntMap values) {
        BitSet kept = new BitSet();
        for (int move = 0; move < moves.size(); move++) {
            kept.set(move, !gone.get(values.get(moves.makes(move))));
        }
        return kept;
    }

    private BitSet observers() {
        BitSet observers = new BitSet();
        for (int move = 0; move < moves.size(); move++) {
            observers.set(move, moves.isObserver(move));
        }
        return observers;
    }

    /// Returns the changes that leave behind what nobody sees.
    private BitSet unseen() {
        var seen = new IntMap();
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) != Moves.WRITE) {
                seen.number(moves.need(move));
            }
        }
        BitSet unseen = new BitSet();
        for (int move = 0; move < moves.size(); move++) {
            boolean stays = moves.isObserver(move) || moves.operation(move) == anchor;
            unseen.set(move, !stays && seen.get(moves.makes(move)) == IntMap.NONE);
        }
        return unseen;
    }
}
