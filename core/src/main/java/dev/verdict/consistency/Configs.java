package dev.verdict.consistency;

import java.util.Arrays;

/// Holds the configurations that a search has met, and tells which new ones are worth a look.
///
/// A configuration stands in a window before the return that ends it. It is the state, which moves
/// under way are done, which of the others are *hideable* (something was written over them since
/// they were called, so that they may count as done just before it), and which moves of unknown
/// outcome were taken to have happened.
///
/// One configuration makes another useless if it stands in the same window and state, everything
/// that the other has done it has done or can hide, and it took no more of the unknown.
final class Configs {
    /// Says that a configuration is the first.
    static final int NO_PARENT = -1;

    /// Says that the move that ends the window was hidden.
    static final int HIDDEN = Integer.MAX_VALUE;

    private static final int BYTES = 28;

    private final int words;
    private final long[] observers;
    private final long[] exact;
    private final Consumed consumed;
    private final int mostBags;
    private final Budget budget;

    private long[] masks; // of each configuration: done, then hideable
    private int[] windows = new int[64];
    private int[] states = new int[64];
    private int[] bags = new int[64];
    private int[] parents = new int[64];
    private int[] vias = new int[64];
    private int[] hashes = new int[64];
    private int[] nexts = new int[64];
    private int[] heads = new int[128];
    private int size;
    private long bytes;

    /// Makes room.
    ///
    /// @param mostBags how many configurations are kept that differ in nothing but the unknown
    Configs(Windows slots, Consumed consumed, int mostBags, Budget budget) {
        this.mostBags = mostBags;
        this.words = slots.words();
        this.consumed = consumed;
        this.budget = budget;
        this.masks = new long[64 * 2 * words];
        this.observers = range(0, slots.firstSlot(Moves.CAS));
        this.exact = range(slots.firstSlot(Moves.CAS), slots.firstSlot(Moves.WRITE));
        Arrays.fill(heads, -1);
    }

    /// Returns how many bytes were taken from the budget.
    long bytes() {
        return bytes;
    }

    int words() {
        return words;
    }

    int size() {
        return size;
    }

    int window(int config) {
        return windows[config];
    }

    int state(int config) {
        return states[config];
    }

    int bag(int config) {
        return bags[config];
    }

    int parent(int config) {
        return parents[config];
    }

    /// Returns what led from the parent here: a move, the complement of a class of unknown moves,
    /// or [#HIDDEN].
    int via(int config) {
        return vias[config];
    }

    /// Tells whether a better configuration was met since.
    boolean isUseless(int config) {
        return hashes[config] == 0;
    }

    void load(int config, long[] done, long[] hideable) {
        System.arraycopy(masks, config * 2 * words, done, 0, words);
        System.arraycopy(masks, (config * 2 + 1) * words, hideable, 0, words);
    }

    boolean isDone(int config, int slot) {
        return (masks[config * 2 * words + (slot >>> 6)] & (1L << slot)) != 0;
    }

    boolean isHideable(int config, int slot) {
        return (masks[(config * 2 + 1) * words + (slot >>> 6)] & (1L << slot)) != 0;
    }

    /// Adds a configuration unless one that was met makes it useless; returns its number, or -1.
    int add(int window, int state, int bag, long[] done, long[] hideable, int parent, int via) {
        if (size == windows.length) {
            grow();
        }
        put(size, done, hideable);
        int hash = hash(window, state, done);
        int bucket = (hash >>> 1) & (heads.length - 1);
        int before = -1;
        int alike = 0;
        for (int other = heads[bucket]; other >= 0; other = nexts[other]) {
            if (hashes[other] == hash && windows[other] == window && states[other] == state && sameExact(other, size)) {
                if (covers(other, size) && (++alike >= mostBags || consumed.isWithin(bags[other], bag))) {
                    return -1;
                }
                if (covers(size, other) && consumed.isWithin(bag, bags[other])) {
                    unlink(bucket, before, other);
                    continue;
                }
            }
            before = other;
        }
        windows[size] = window;
        states[size] = state;
        bags[size] = bag;
        parents[size] = parent;
        vias[size] = via;
        hashes[size] = hash;
        nexts[size] = heads[bucket];
        heads[bucket] = size;
        return size++;
    }

    private void unlink(int bucket, int before, int config) {
        if (before < 0) {
            heads[bucket] = nexts[config];
        } else {
            nexts[before] = nexts[config];
        }
        hashes[config] = 0;
    }

    private void put(int config, long[] done, long[] hideable) {
        int at = config * 2 * words;
        for (int word = 0; word < words; word++) {
            masks[at + word] = done[word];
            masks[at + words + word] = hideable[word] & ~done[word];
        }
    }

    private boolean sameExact(int one, int other) {
        for (int word = 0; word < words; word++) {
            if (((masks[one * 2 * words + word] ^ masks[other * 2 * words + word]) & exact[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean covers(int better, int worse) {
        int one = better * 2 * words;
        int two = worse * 2 * words;
        for (int word = 0; word < words; word++) {
            long missing = masks[two + word] & ~masks[one + word] & observers[word];
            long differs =
                    (masks[one + word] ^ masks[two + word]) | (masks[one + words + word] ^ masks[two + words + word]);
            if (missing != 0 || (differs & ~masks[one + words + word] & ~observers[word] & ~exact[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    private int hash(int window, int state, long[] done) {
        long hash = window * 0x9E3779B97F4A7C15L + state;
        for (int word = 0; word < words; word++) {
            hash = (hash ^ (done[word] & exact[word])) * 0xC2B2AE3D27D4EB4FL;
        }
        hash ^= hash >>> 29;
        hash *= 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32) | 1; // 0 says useless
    }

    private void grow() {
        int capacity = 2 * size;
        long more = (long) size * (BYTES + 16L * words) + 4L * heads.length;
        bytes += more;
        budget.take(more);
        masks = Arrays.copyOf(masks, capacity * 2 * words);
        windows = Arrays.copyOf(windows, capacity);
        states = Arrays.copyOf(states, capacity);
        bags = Arrays.copyOf(bags, capacity);
        parents = Arrays.copyOf(parents, capacity);
        vias = Arrays.copyOf(vias, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        nexts = Arrays.copyOf(nexts, capacity);
        heads = new int[2 * heads.length];
        Arrays.fill(heads, -1);
        for (int config = 0; config < size; config++) {
            if (hashes[config] != 0) {
                int bucket = (hashes[config] >>> 1) & (heads.length - 1);
                nexts[config] = heads[bucket];
                heads[bucket] = config;
            }
        }
    }

    private long[] range(int from, int to) {
        long[] mask = new long[words];
        for (int slot = from; slot < to; slot++) {
            mask[slot >>> 6] |= 1L << slot;
        }
        return mask;
    }
}
