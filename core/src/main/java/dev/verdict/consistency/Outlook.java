package dev.verdict.consistency;

import java.util.Arrays;

/// Sees that a configuration of a register leads nowhere before a search gets there: a value is
/// needed that nothing can make any more, neither a known move that is not done yet nor one of
/// unknown outcome that was not taken yet.
final class Outlook {
    /// How many windows before its call a need is foreseen.
    private static final int FORESIGHT = 32;

    private final Moves moves;
    private final Windows windows;
    private final Unknowns unknowns;
    private final int[] needs;
    private final int[] makes;

    /// Of each value: the first windows of the known moves that make it.
    private final int[][] sources;

    private final int[] starts;
    private final int[] foreseen;

    private final int[] stamps;
    private int stamp;
    private int lastBlocked = -1;

    /// Looks ahead.
    ///
    /// @param values how many values there are, by dense numbers
    /// @param needs the value that each move sees
    /// @param makes the value that each move leaves behind
    Outlook(Moves moves, Windows windows, Unknowns unknowns, int values, int[] needs, int[] makes) {
        this.moves = moves;
        this.windows = windows;
        this.unknowns = unknowns;
        this.needs = needs;
        this.makes = makes;
        sources = sources(values);
        stamps = new int[values];
        int[] begins = new int[moves.size()];
        starts = starts(begins, values);
        foreseen = new int[starts[windows.count()]];
        int[] places = starts.clone();
        for (int move = 0; move < moves.size(); move++) {
            for (int window = begins[move]; window < windows.first(move); window++) {
                foreseen[places[window]++] = move;
            }
        }
    }

    /// Tells whether every value that is needed now or soon can still be there.
    ///
    /// @param done which moves under way are done
    /// @param bag what was taken of the unknown
    boolean isHopeful(int window, int state, long[] done, Consumed consumed, int bag) {
        stamp++;
        stamps[state] = stamp;
        int from = windows.start(window);
        int to = windows.start(window + 1);
        for (int place = from; place < to; place++) {
            int move = windows.pending(place);
            if (!moves.isObserver(move) && !isDone(done, windows.slot(move))) {
                stamps[makes[move]] = stamp;
            }
        }
        for (int place = from; place < to; place++) {
            int move = windows.pending(place);
            if (isNeedy(move) && !isDone(done, windows.slot(move)) && isMissing(move, window, consumed, bag)) {
                return false;
            }
        }
        for (int place = starts[window]; place < starts[window + 1]; place++) {
            if (isMissing(foreseen[place], window, consumed, bag)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDone(long[] done, int slot) {
        return (done[slot >>> 6] & (1L << slot)) != 0;
    }

    private boolean isNeedy(int move) {
        return moves.kind(move) == Moves.READ || moves.kind(move) == Moves.CAS;
    }

    /// Returns the last window that ended hope.
    int lastBlocked() {
        return lastBlocked;
    }

    private boolean isMissing(int move, int window, Consumed consumed, int bag) {
        int value = needs[move];
        int end = windows.last(move);
        boolean missing = !isMade(value, window, end)
                && !unknowns.isLeft(unknowns.making(value), end, consumed, bag)
                && !canCompare(value, window, end, consumed, bag);
        lastBlocked = missing ? Math.max(lastBlocked, end) : lastBlocked;
        return missing;
    }

    /// Tells whether a value is there, or a known move makes it that is under way in a window and
    /// not done, or called behind it but not behind another.
    private boolean isMade(int value, int window, int end) {
        if (stamps[value] == stamp) {
            return true;
        }
        int[] calls = sources[value];
        int place = Arrays.binarySearch(calls, window + 1);
        int at = place < 0 ? ~place : place;
        return at < calls.length && calls[at] <= end;
    }

    private boolean canCompare(int value, int window, int end, Consumed consumed, int bag) {
        for (int moveClass : unknowns.comparing(value)) {
            int from = needs[unknowns.sample(moveClass)];
            if (unknowns.isLeft(moveClass, end, consumed, bag)
                    && (isMade(from, window, end)
                            || unknowns.isLeft(unknowns.making(from), end, consumed, bag)
                            || unknowns.isLeft(unknowns.comparing(from), end, consumed, bag))) {
                return true;
            }
        }
        return false;
    }

    private int[][] sources(int values) {
        int[] counts = new int[values];
        for (int move = 0; move < moves.size(); move++) {
            if (isSource(move)) {
                counts[makes[move]]++;
            }
        }
        int[][] all = new int[values][];
        for (int value = 0; value < values; value++) {
            all[value] = new int[counts[value]];
        }
        for (int move = moves.size() - 1; move >= 0; move--) {
            if (isSource(move)) {
                all[makes[move]][--counts[makes[move]]] = windows.first(move);
            }
        }
        return all;
    }

    private boolean isSource(int move) {
        return !moves.isObserver(move) && !moves.isUnknown(move);
    }

    /// Finds from which window on each need is the next one of its value, and no known move that
    /// makes the value is yet to be called before the need ends.
    private int[] starts(int[] begins, int values) {
        int[] sizes = new int[windows.count() + 1];
        int[] lastNeeds = new int[values];
        for (int move = 0; move < moves.size(); move++) {
            begins[move] = windows.first(move);
            if (isNeedy(move) && !moves.isUnknown(move)) {
                int[] calls = sources[needs[move]];
                int place = Arrays.binarySearch(calls, windows.last(move) + 1);
                int before = (place < 0 ? ~place : place) - 1;
                int known = Math.max(lastNeeds[needs[move]], before < 0 ? 0 : calls[before]);
                begins[move] = Math.max(known, windows.first(move) - FORESIGHT);
                lastNeeds[needs[move]] = windows.first(move);
                for (int window = begins[move]; window < windows.first(move); window++) {
                    sizes[window + 1]++;
                }
            }
        }
        for (int window = 1; window < sizes.length; window++) {
            sizes[window] += sizes[window - 1];
        }
        return sizes;
    }
}
