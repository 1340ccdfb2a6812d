package dev.verdict.consistency;

import java.util.Arrays;

/// Holds numbers that are added one by one, in pieces, so that growing copies nothing.
final class Column {
    private static final int BITS = 14;
    private static final int PIECE = 1 << BITS;

    private int[][] pieces = new int[1][];
    private int size;

    void add(int number) {
        int piece = size >>> BITS;
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * piece);
        }
        if ((size & (PIECE - 1)) == 0) {
            pieces[piece] = new int[PIECE];
        }
        pieces[piece][size++ & (PIECE - 1)] = number;
    }

    int get(int index) {
        return pieces[index >>> BITS][index & (PIECE - 1)];
    }

    void set(int index, int number) {
        pieces[index >>> BITS][index & (PIECE - 1)] = number;
    }

    int size() {
        return size;
    }
}
