package dev.verdict.consistency.append;

import java.util.List;

/// Is one phenomenon in a history, with the transactions that show it.
///
/// @param text what is wrong, in words
/// @param transactions numbers of the operations that show it; a cycle's in their order
/// @param culprits those among them that cannot be
/// @param cycle the edges of a cycle, from each transaction to the next; none for other phenomena
public record Finding(
        Phenomenon phenomenon, String text, List<Integer> transactions, List<Integer> culprits, List<Edge> cycle) {
    public Finding {
        transactions = List.copyOf(transactions);
        culprits = List.copyOf(culprits);
        cycle = List.copyOf(cycle);
    }

    Finding(Phenomenon phenomenon, String text, List<Integer> transactions, int culprit) {
        this(phenomenon, text, transactions, List.of(culprit), List.of());
    }

    /// Is one dependency of a cycle.
    ///
    /// @param kind `ww`, `wr`, `rw`, `process` or `realtime`
    /// @param text why the first was before the second, in words
    public record Edge(int from, int to, String kind, String text) {}
}
