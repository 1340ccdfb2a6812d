package dev.verdict.consistency;

import java.util.Arrays;

/// Collects the cells of a list.
final class Cells {
    private int[] cells = new int[8];
    private int size;

    void add(int cell) {
        if (size == cells.length) {
            cells = Arrays.copyOf(cells, 2 * size);
        }
        cells[size++] = cell;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(cells, size);
    }
}
