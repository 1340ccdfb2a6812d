package dev.verdict.consistency;

import java.util.List;

/// Is one thing in a history that a model forbids, with the smallest part of it that shows it.
///
/// @param name the field's term for it, as `lost-update` or `not-linearizable`
/// @param text one sentence that says what is wrong
/// @param operations numbers of the operations that show it, and no more than needed
/// @param culprits those among them that cannot be
/// @param prefix the longest legal order of the operations before the first culprit; may be empty
public record Anomaly(String name, String text, List<Integer> operations, List<Integer> culprits, List<Placed> prefix) {
    public Anomaly {
        operations = List.copyOf(operations);
        culprits = List.copyOf(culprits);
        prefix = List.copyOf(prefix);
    }

    public Anomaly(String name, String text, List<Integer> operations, List<Integer> culprits) {
        this(name, text, operations, culprits, List.of());
    }

    /// Is an operation in its place of a legal order.
    ///
    /// @param state what it led to
    public record Placed(int operation, String state) {}
}
