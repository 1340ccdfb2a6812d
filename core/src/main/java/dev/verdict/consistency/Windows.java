package dev.verdict.consistency;

import java.util.Arrays;

/// Says for each return of a known move which moves were under way just before it. These windows,
/// numbered from 0 in the order of returns, are the points at which a search has to decide.
///
/// Each known move has a slot, a bit in masks, from its call to its return; moves of one kind have
/// neighbouring slots, and observers the lowest.
final class Windows {
    private final Moves moves;
    private final int[] returners;
    private final int[] first;
    private final int[] last;
    private final int[] slots;
    private final int[] starts;
    private final int[] pending;
    private final int[] slotsOfKind = new int[Moves.APPEND + 2];

    Windows(Moves moves) {
        this.moves = moves;
        int size = moves.size();
        first = new int[size];
        last = new int[size];
        slots = new int[size];
        int[] byReturn = new int[size];
        int known = 0;
        for (int move = 0; move < size; move++) {
            if (!moves.isUnknown(move)) {
                insert(byReturn, known++, move);
            }
        }
        returners = Arrays.copyOf(byReturn, known);
        limits();
        measure();
        starts = new int[known + 1];
        pending = list();
    }

    /// Inserts a move where it returned: before no more others than were under way at its call.
    private void insert(int[] byReturn, int known, int move) {
        int place = known;
        for (; place > 0 && moves.returned(byReturn[place - 1]) > moves.returned(move); place--) {
            byReturn[place] = byReturn[place - 1];
        }
        byReturn[place] = move;
    }

    /// Returns the number of windows.
    int count() {
        return returners.length;
    }

    /// Returns the move whose return ends a window.
    int returner(int window) {
        return returners[window];
    }

    /// Returns the first window in which a move was under way; [#count] if it is behind all.
    int first(int move) {
        return first[move];
    }

    /// Returns the last window in which a move was under way; [#count] for an unknown one.
    int last(int move) {
        return last[move];
    }

    int slot(int move) {
        return slots[move];
    }

    /// Returns where in [#pending] a window's moves begin; they end where the next one's begin.
    int start(int window) {
        return starts[window];
    }

    /// Returns a known move that was under way, by its place; those of a window are ordered by
    /// slot.
    int pending(int place) {
        return pending[place];
    }

    /// Returns the lowest slot of a kind.
    int firstSlot(int kind) {
        return slotsOfKind[kind];
    }

    /// Returns how many words of 64 bits a mask of slots needs.
    int words() {
        return Math.max(1, (slotsOfKind[Moves.APPEND + 1] + 63) >>> 6);
    }

    /// Returns how many bytes this takes, roughly.
    long bytes() {
        return 4L * (pending.length + starts.length + returners.length + 3L * first.length);
    }

    /// Fills in the first and last window of each move.
    private void limits() {
        int window = 0;
        for (int move = 0; move < moves.size(); move++) {
            while (window < returners.length && moves.returned(returners[window]) < moves.called(move)) {
                window++;
            }
            first[move] = window;
            last[move] = returners.length;
        }
        for (int end = 0; end < returners.length; end++) {
            last[returners[end]] = end;
        }
    }

    /// Counts how many moves of each kind are under way at most, and gives each move its slot.
    private void measure() {
        int[] now = new int[Moves.APPEND + 1];
        int[] most = new int[Moves.APPEND + 1];
        int[][] free = new int[Moves.APPEND + 1][8];
        int[] freed = new int[Moves.APPEND + 1];
        int move = 0;
        for (int window = 0; window < returners.length; window++) {
            for (; move < moves.size() && first[move] <= window; move++) {
                if (!moves.isUnknown(move)) {
                    int kind = moves.kind(move);
                    slots[move] = freed[kind] > 0 ? free[kind][--freed[kind]] : most[kind];
                    now[kind]++;
                    most[kind] = Math.max(most[kind], now[kind]);
                }
            }
            int kind = moves.kind(returners[window]);
            if (freed[kind] == free[kind].length) {
                free[kind] = Arrays.copyOf(free[kind], 2 * freed[kind]);
            }
            free[kind][freed[kind]++] = slots[returners[window]];
            now[kind]--;
        }
        for (int kind = 0; kind < most.length; kind++) {
            slotsOfKind[kind + 1] = slotsOfKind[kind] + most[kind];
        }
        for (int known : returners) {
            slots[known] += slotsOfKind[moves.kind(known)];
        }
    }

    private int[] list() {
        int[] occupants = new int[slotsOfKind[Moves.APPEND + 1]];
        Arrays.fill(occupants, -1);
        int[] all = new int[Math.max(16, 4 * returners.length)];
        int length = 0;
        int move = 0;
        for (int window = 0; window < returners.length; window++) {
            for (; move < moves.size() && first[move] <= window; move++) {
                if (!moves.isUnknown(move)) {
                    occupants[slots[move]] = move;
                }
            }
            starts[window] = length;
            if (length + occupants.length > all.length) {
                all = Arrays.copyOf(all, Math.max(2 * all.length, length + occupants.length));
            }
            for (int occupant : occupants) {
                if (occupant >= 0) {
                    all[length++] = occupant;
                }
            }
            occupants[slots[returners[window]]] = -1;
        }
        starts[returners.length] = length;
        return Arrays.copyOf(all, length);
    }
}
