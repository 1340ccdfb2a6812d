package dev.verdict.consistency;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Decides, exactly and in O(n log n), for a register that is read and written and whose written
/// values are all different (P. Gibbons and E. Korach, Testing Shared Memories, 1997).
///
/// A write and its reads are a cluster. From the first end in it to the last start in it its value
/// must have been there: its zone, if these are in that order. No two zones may overlap, and no
/// cluster may lie within another's zone.
final class Zones {
    private final Moves moves;
    private final IntMap clusters = new IntMap();
    private final int[] writes;
    private final int[] firstEnds;
    private final int[] lastStarts;
    private final int[] cluster;
    private final int count;

    private Zones(Moves moves) {
        this.moves = moves;
        cluster = new int[moves.size()];
        clusters.number(moves.initial());
        for (int move = 0; move < moves.size(); move++) {
            cluster[move] = clusters.number(moves.kind(move) == Moves.READ ? moves.need(move) : moves.makes(move));
        }
        count = clusters.size();
        writes = new int[count];
        firstEnds = new int[count];
        lastStarts = new int[count];
    }

    /// Tells whether the algorithm is exact for these moves.
    static boolean fits(Moves moves) {
        var written = new IntMap();
        written.number(moves.initial());
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) != Moves.READ && moves.kind(move) != Moves.WRITE) {
                return false;
            }
            int before = written.size();
            if (moves.kind(move) == Moves.WRITE && written.number(moves.makes(move)) != before) {
                return false;
            }
        }
        return true;
    }

    /// Returns a part of the moves that is illegal by itself; empty if all are legal.
    static Optional<BitSet> illegal(Moves moves) {
        return new Zones(moves).illegal();
    }

    private Optional<BitSet> illegal() {
        Arrays.fill(writes, -1);
        Arrays.fill(firstEnds, Integer.MAX_VALUE);
        Arrays.fill(lastStarts, -1);
        firstEnds[0] = -1; // as if the initial value had been written before everything
        for (int move = 0; move < moves.size(); move++) {
            if (moves.kind(move) == Moves.WRITE) {
                writes[cluster[move]] = move;
            }
            firstEnds[cluster[move]] = Math.min(firstEnds[cluster[move]], moves.returned(move));
            lastStarts[cluster[move]] = Math.max(lastStarts[cluster[move]], moves.called(move));
        }
        for (int move = 0; move < moves.size(); move++) {
            int write = writes[cluster[move]];
            boolean unwritten = write < 0 && cluster[move] != 0;
            if (unwritten || (write >= 0 && moves.returned(move) < moves.called(write))) {
                BitSet part = new BitSet();
                part.set(move);
                if (write >= 0) {
                    part.set(write);
                }
                return Optional.of(part);
            }
        }
        return clash();
    }

    private Optional<BitSet> clash() {
        long[] zones = new long[count];
        int forward = 0;
        for (int i = 0; i < count; i++) {
            if (firstEnds[i] < lastStarts[i]) {
                zones[forward++] = ((long) firstEnds[i] << 32) | i;
            }
        }
        Arrays.sort(zones, 0, forward);
        for (int i = 1; i < forward; i++) {
            if (firstEnds[(int) zones[i]] < lastStarts[(int) zones[i - 1]]) {
                return Optional.of(clusters((int) zones[i - 1], (int) zones[i]));
            }
        }
        for (int i = 0; i < count; i++) {
            boolean happened = lastStarts[i] >= 0 && firstEnds[i] != History.NEVER;
            if (happened && firstEnds[i] >= lastStarts[i]) {
                int place = Arrays.binarySearch(zones, 0, forward, (long) lastStarts[i] << 32);
                int around = (place < 0 ? ~place : place) - 1;
                if (around >= 0 && firstEnds[i] < lastStarts[(int) zones[around]]) {
                    return Optional.of(clusters((int) zones[around], i));
                }
            }
        }
        return Optional.empty();
    }

    private BitSet clusters(int one, int other) {
        BitSet part = new BitSet();
        for (int move = 0; move < moves.size(); move++) {
            if (cluster[move] == one || cluster[move] == other) {
                part.set(move);
            }
        }
        return part;
    }
}
