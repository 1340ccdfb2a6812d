package dev.verdict.consistency;

import java.util.Arrays;

/// Maps numbers to numbers from 0 up, without an object for each.
final class IntMap {
    static final int NONE = -1;

    private int[] keys = new int[16];
    private int[] values = new int[16];
    private int size;

    IntMap() {
        Arrays.fill(values, NONE);
    }

    int size() {
        return size;
    }

    /// Returns what a key maps to, or [#NONE].
    int get(int key) {
        return values[place(key)];
    }

    /// Returns what a key maps to; a new key maps to how many there were.
    int number(int key) {
        int place = place(key);
        if (values[place] != NONE) {
            return values[place];
        }
        keys[place] = key;
        values[place] = size++;
        int number = size - 1;
        if (2 * size > keys.length) {
            grow();
        }
        return number;
    }

    private int place(int key) {
        int place = (key * 0x9E3779B9) >>> 7 & (keys.length - 1);
        while (values[place] != NONE && keys[place] != key) {
            place = (place + 1) & (keys.length - 1);
        }
        return place;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new int[2 * oldKeys.length];
        Arrays.fill(values, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != NONE) {
                int place = place(oldKeys[i]);
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
