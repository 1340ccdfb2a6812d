package dev.verdict.consistency.append;

import java.util.stream.Stream;

/// Names what can be wrong with transactions over lists. The cycles come first, from the gravest
/// on.
public enum Phenomenon {
    /// A cycle of appends alone.
    G0("G0", "write cycle", 0, 0),
    /// A cycle of appends and reads of them.
    G1C("G1c", "circular information flow", 1, 0),
    /// A cycle with one read that missed an append.
    G_SINGLE("G-single", "read skew", 2, 0),
    /// A cycle with several reads that missed an append, never two in a row.
    G_NONADJACENT("G-nonadjacent", "non-adjacent read skew", 3, 0),
    /// A cycle with several reads that missed an append, two of them in a row.
    G2_ITEM("G2-item", "write skew", 4, 0),

    G0_PROCESS("G0-process", "write cycle with the order of a process", 0, 1),
    G1C_PROCESS("G1c-process", "circular information flow with the order of a process", 1, 1),
    G_SINGLE_PROCESS("G-single-process", "read skew with the order of a process", 2, 1),
    G_NONADJACENT_PROCESS("G-nonadjacent-process", "non-adjacent read skew with the order of a process", 3, 1),
    G2_ITEM_PROCESS("G2-item-process", "write skew with the order of a process", 4, 1),

    G0_REALTIME("G0-realtime", "write cycle with the order of time", 0, 2),
    G1C_REALTIME("G1c-realtime", "circular information flow with the order of time", 1, 2),
    G_SINGLE_REALTIME("G-single-realtime", "read skew with the order of time", 2, 2),
    G_NONADJACENT_REALTIME("G-nonadjacent-realtime", "non-adjacent read skew with the order of time", 3, 2),
    G2_ITEM_REALTIME("G2-item-realtime", "write skew with the order of time", 4, 2),

    /// A read of what nobody appended.
    GARBAGE_READ("garbage-read", "read of what nobody appended"),
    /// A read with an element twice that was appended once.
    DUPLICATE_ELEMENTS("duplicate-elements", "element there twice"),
    /// Two reads of a list of which neither is the beginning of the other.
    INCOMPATIBLE_ORDER("incompatible-order", "reads in different orders"),
    /// A read of what a failed transaction appended.
    G1A("G1a", "aborted read"),
    /// A read of a state in the middle of another transaction.
    G1B("G1b", "intermediate read"),
    /// An append to a list that holds what a failed transaction appended.
    DIRTY_UPDATE("dirty-update", "update of an aborted write"),
    /// A read of what the same transaction appends later.
    FUTURE_READ("future-read", "read of one's own later append"),
    /// A read that does not fit what the same transaction read or appended before.
    INTERNAL("internal", "transaction that contradicts itself"),
    /// Two transactions that read the same state of a list and both append to it.
    LOST_UPDATE("lost-update", "lost update");

    private final String term;
    private final String words;
    private final int kind;
    private final int variant;

    Phenomenon(String term, String words, int kind, int variant) {
        this.term = term;
        this.words = words;
        this.kind = kind;
        this.variant = variant;
    }

    Phenomenon(String term, String words) {
        this(term, words, -1, -1);
    }

    /// Returns the field's term, as `G-single`.
    public String term() {
        return term;
    }

    /// Returns what it is, in a few words.
    public String words() {
        return words;
    }

    /// Tells whether this is a cycle of dependencies.
    public boolean cycle() {
        return kind >= 0;
    }

    /// Tells whether every history with this cycle breaks at least what `other` breaks: fewer kinds
    /// of edges, and none from an order that is not in the data.
    boolean covers(Phenomenon other) {
        return cycle() && other.cycle() && kind <= other.kind && variant <= other.variant;
    }

    /// Tells whether this is a cycle with exactly one rw edge.
    boolean singleMiss() {
        return kind == 2;
    }

    /// Returns 0 for G0 to 4 for G2-item.
    int kind() {
        return kind;
    }

    /// Returns 0 for data alone, 1 with the order of processes, 2 with the order of time.
    int variant() {
        return variant;
    }

    static Phenomenon cycle(int kind, int variant) {
        return Stream.of(values())
                .filter(phenomenon -> phenomenon.kind == kind && phenomenon.variant == variant)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public String toString() {
        return term;
    }
}
