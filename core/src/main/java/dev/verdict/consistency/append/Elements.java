package dev.verdict.consistency.append;

import java.util.Arrays;

/// Numbers the elements of all lists: each pair of list and value once, from 0 on. One small table
/// for each list, since the elements of a list are met at about the same time.
final class Elements {
    static final int NONE = -1;

    private final Ints keys = new Ints();
    private final Ints cells = new Ints();
    private int[][] tables = new int[16][];
    private int[] counts = new int[16];

    int size() {
        return keys.size();
    }

    /// Returns the list that an element is of.
    int key(int element) {
        return keys.get(element);
    }

    /// Returns the cell of an element's value.
    int cell(int element) {
        return cells.get(element);
    }

    /// Returns the cells of all elements' values.
    int[] cells() {
        return cells.toArray();
    }

    /// Returns the number of an element; a new one if it was not seen before.
    int number(int key, int cell) {
        if (key >= tables.length) {
            tables = Arrays.copyOf(tables, Math.max(2 * tables.length, key + 1));
            counts = Arrays.copyOf(counts, tables.length);
        }
        if (tables[key] == null) {
            tables[key] = empty(8);
        }
        int place = place(tables[key], cell);
        if (tables[key][place] == NONE) {
            if (2 * (counts[key] + 1) > tables[key].length) {
                grow(key);
                place = place(tables[key], cell);
            }
            tables[key][place] = keys.size();
            counts[key]++;
            keys.add(key);
            cells.add(cell);
        }
        return tables[key][place];
    }

    private void grow(int key) {
        int[] old = tables[key];
        tables[key] = empty(2 * old.length);
        for (int element : old) {
            if (element != NONE) {
                tables[key][place(tables[key], cells.get(element))] = element;
            }
        }
    }

    private int place(int[] table, int cell) {
        int mask = table.length - 1;
        int place = mix(cell) & mask;
        while (table[place] != NONE && cells.get(table[place]) != cell) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private static int mix(int cell) {
        int hash = cell * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private static int[] empty(int length) {
        int[] table = new int[length];
        Arrays.fill(table, NONE);
        return table;
    }
}
