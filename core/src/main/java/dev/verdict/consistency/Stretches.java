package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/// Looks for a short stretch of what was done to a register that is illegal whatever was before it,
/// and so makes the whole illegal. What was under way when it begins, or is when it ends, may take
/// place or not, as what is unknown may, and again and again.
final class Stretches {
    private static final int SHORTEST = 4;
    private static final int LONGEST = 1024;
    private static final long STEPS_A_MOVE = 30;

    private final Moves moves;
    private final Windows windows;
    private final BitSet chosen = new BitSet();

    /// Numbers the values that unknown moves make.
    private final IntMap made = new IntMap();

    /// Of each of these values: the earliest of the unknown moves that make it of the same.
    private final List<List<Integer>> makers = new ArrayList<>();

    Stretches(Moves moves) {
        this.moves = moves;
        this.windows = new Windows(moves);
        for (int move = 0; move < moves.size(); move++) {
            if (moves.isUnknown(move)) {
                int value = made.number(moves.makes(move));
                if (value == makers.size()) {
                    makers.add(new ArrayList<>());
                }
                int maker = move;
                if (makers.get(value).stream().noneMatch(other -> isAlike(other, maker))) {
                    makers.get(value).add(move);
                }
            }
        }
    }

    /// Tells whether the moves are such as can be looked at in stretches.
    static boolean fits(Moves moves) {
        return !moves.has(Moves.APPEND) && !moves.has(Moves.UNEQUAL);
    }

    /// Returns an illegal stretch; empty if none is found in so many steps.
    Optional<Moves> illegal(long steps, Budget budget) {
        long left = steps;
        for (int length = SHORTEST; length <= Math.min(LONGEST, windows.count()); length *= 4) {
            for (int from = 0; from < windows.count(); from += length / 2) {
                if (left <= 0 || budget.spent().isPresent()) {
                    return Optional.empty();
                }
                Moves stretch = stretch(from, Math.min(windows.count(), from + length));
                var search = new Search(stretch, Search.NO_BAGS, Budget.unlimited());
                Search.Status status = search.run(STEPS_A_MOVE * length, budget);
                if (status == Search.Status.NONE) {
                    return Optional.of(stretch.until(stretch.returned(search.culprit())));
                }
                left -= search.steps() + stretch.size() / 8;
            }
        }
        return Optional.empty();
    }

    private boolean isAlike(int one, int other) {
        return moves.kind(one) == moves.kind(other)
                && (moves.kind(one) != Moves.CAS || moves.need(one) == moves.need(other));
    }

    /// Returns what happened between the return before a window and the return that ends another.
    private Moves stretch(int from, int to) {
        int begin = from == 0 ? -1 : moves.returned(windows.returner(from - 1));
        int end = moves.returned(windows.returner(to - 1));
        chosen.clear();
        for (int place = windows.start(from); place < windows.start(from + 1); place++) {
            if (!moves.isObserver(windows.pending(place))) {
                choose(windows.pending(place), begin, end);
            }
        }
        for (int move = firstFrom(begin + 1); move < moves.size() && moves.called(move) < end; move++) {
            boolean known = moves.returned(move) <= end;
            if (known || !(moves.isObserver(move) || moves.isUnknown(move))) {
                choose(move, begin, end);
            }
        }
        return moves.between(chosen, begin, end);
    }

    /// Chooses a move, and those of unknown outcome that may make what it needs.
    private void choose(int move, int begin, int end) {
        if (chosen.get(move)) {
            return;
        }
        chosen.set(move);
        boolean known = moves.called(move) >= begin && moves.returned(move) <= end;
        if (moves.kind(move) == Moves.CAS || (known && moves.kind(move) == Moves.READ)) {
            int value = made.get(moves.need(move));
            if (value != IntMap.NONE) {
                for (int maker : makers.get(value)) {
                    if (moves.called(maker) < end) {
                        choose(maker, begin, end);
                    }
                }
            }
        }
    }

    private int firstFrom(int event) {
        int low = 0;
        int high = moves.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (moves.called(middle) < event) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
