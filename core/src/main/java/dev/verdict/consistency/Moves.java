package dev.verdict.consistency;

import java.util.BitSet;

/// Is what was done to one key, in columns, by the order of calls: only what may have happened, and
/// of what is unknown only what could have changed something.
final class Moves {
    /// Sees the value `need`, and changes nothing.
    static final byte READ = 0;

    /// Sees another value than `need`, and changes nothing: a comparison that was answered by no.
    static final byte UNEQUAL = 1;

    /// Sees the value `need` and replaces it by `makes`.
    static final byte CAS = 2;

    /// Makes the value `makes` of whatever there was.
    static final byte WRITE = 3;

    /// Adds `makes` at the end of the value.
    static final byte APPEND = 4;

    private final int[] operations;
    private final byte[] kinds;
    private final int[] needs;
    private final int[] makes;
    private final int[] called;
    private final int[] returned;
    private final int initial;
    private final Values values;
    private final boolean anyStart;
    private int size;

    /// Makes room for so many.
    ///
    /// @param initial the cell of what is there before anything was written
    Moves(int capacity, int initial, Values values) {
        this(capacity, initial, values, false);
    }

    private Moves(int capacity, int initial, Values values, boolean anyStart) {
        this.anyStart = anyStart;
        operations = new int[capacity];
        kinds = new byte[capacity];
        needs = new int[capacity];
        makes = new int[capacity];
        called = new int[capacity];
        returned = new int[capacity];
        this.initial = initial;
        this.values = values;
    }

    void add(int operation, byte kind, int need, int make, int call, int end) {
        operations[size] = operation;
        kinds[size] = kind;
        needs[size] = need;
        makes[size] = make;
        called[size] = call;
        returned[size] = end;
        size++;
    }

    /// Returns those that are kept.
    Moves only(BitSet kept) {
        var part = new Moves(kept.cardinality(), initial, values, anyStart);
        for (int move = kept.nextSetBit(0); move >= 0; move = kept.nextSetBit(move + 1)) {
            part.add(operations[move], kinds[move], needs[move], makes[move], called[move], returned[move]);
        }
        return part;
    }

    /// Returns what was called before an event; what had not returned by then is unknown, so that
    /// of it only what changes something stays.
    Moves until(int event) {
        var part = new Moves(size, initial, values, anyStart);
        for (int move = 0; move < size; move++) {
            boolean pending = returned[move] > event;
            if (called[move] <= event && !(pending && isObserver(move))) {
                int end = pending ? History.NEVER : returned[move];
                part.add(operations[move], kinds[move], needs[move], makes[move], called[move], end);
            }
        }
        return part;
    }

    /// Returns what came from a move on during which nothing else changed, as if it had written the
    /// value that it left there; the unknown may still come.
    Moves from(int alone) {
        var part = new Moves(size, initial, values, anyStart);
        for (int move = 0; move < size; move++) {
            if (move == alone) {
                part.add(operations[move], WRITE, Values.NIL, makes[move], called[move], returned[move]);
            } else if (called[move] > returned[alone] || isUnknown(move)) {
                part.add(operations[move], kinds[move], needs[move], makes[move], called[move], returned[move]);
            }
        }
        return part;
    }

    /// Returns some of the moves, with nothing said of what was there before them.
    ///
    /// @param some in the order of their calls
    /// @param begin what was called before this event counts as unknown
    /// @param end what returned after this event counts as unknown
    Moves between(BitSet some, int begin, int end) {
        var part = new Moves(some.cardinality(), initial, values, true);
        for (int move = some.nextSetBit(0); move >= 0; move = some.nextSetBit(move + 1)) {
            boolean known = called[move] >= begin && returned[move] <= end;
            int until = known ? returned[move] : History.NEVER;
            part.add(operations[move], kinds[move], needs[move], makes[move], called[move], until);
        }
        return part;
    }

    /// Returns the known move that returned last.
    int last() {
        int last = -1;
        for (int move = 0; move < size; move++) {
            if (!isUnknown(move) && (last < 0 || returned[move] > returned[last])) {
                last = move;
            }
        }
        return last;
    }

    int size() {
        return size;
    }

    int initial() {
        return initial;
    }

    /// Tells whether anything may have been there before the first move, and not just [#initial].
    boolean hasAnyStart() {
        return anyStart;
    }

    Values values() {
        return values;
    }

    int operation(int move) {
        return operations[move];
    }

    byte kind(int move) {
        return kinds[move];
    }

    int need(int move) {
        return needs[move];
    }

    int makes(int move) {
        return makes[move];
    }

    int called(int move) {
        return called[move];
    }

    int returned(int move) {
        return returned[move];
    }

    boolean isObserver(int move) {
        return kinds[move] <= UNEQUAL;
    }

    boolean isUnknown(int move) {
        return returned[move] == History.NEVER;
    }

    boolean has(byte kind) {
        for (int move = 0; move < size; move++) {
            if (kinds[move] == kind) {
                return true;
            }
        }
        return false;
    }
}
