package dev.verdict.consistency;

import java.util.Arrays;

/// Holds numbers that are added one by one, in pieces, so that growing copies nothing. A piece of
/// equal numbers, as of the upper half of times, takes no room of its own.
final class Column {
    private static final int BITS = 14;
    private static final int PIECE = 1 << BITS;

    /// Stands for a piece without room of its own.
    private static final int[] NONE = {};

    private int[][] pieces = {NONE};

    /// Of each piece without room of its own the number that it holds.
    private int[] equals = new int[1];

    private int size;

    void add(int number) {
        int piece = size >>> BITS;
        if (piece == pieces.length) {
            pieces = Arrays.copyOf(pieces, 2 * piece);
            equals = Arrays.copyOf(equals, 2 * piece);
        }
        if ((size & (PIECE - 1)) == 0) {
            pieces[piece] = NONE;
            equals[piece] = number;
        }
        set(size++, number);
    }

    int get(int index) {
        int[] piece = pieces[index >>> BITS];
        return piece.length == 0 ? equals[index >>> BITS] : piece[index & (PIECE - 1)];
    }

    void set(int index, int number) {
        int[] piece = pieces[index >>> BITS];
        if (piece.length == 0) {
            int equal = equals[index >>> BITS];
            if (number == equal) {
                return;
            }
            piece = new int[PIECE];
            Arrays.fill(piece, equal);
            pieces[index >>> BITS] = piece;
        }
        piece[index & (PIECE - 1)] = number;
    }

    int size() {
        return size;
    }
}
