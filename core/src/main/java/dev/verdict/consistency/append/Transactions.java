package dev.verdict.consistency.append;

import dev.verdict.consistency.Completion;
import dev.verdict.consistency.History;
import java.util.Arrays;
import java.util.Map;

/// Holds the transactions of a history in columns. A transaction has the number of its operation;
/// its *steps* are its appends and reads, numbered through the whole history.
///
/// A read is kept as the number of elements that it saw and the last of them: what came before is
/// the beginning of its list's order. Only reads of lists whose reads contradict each other are
/// kept whole.
final class Transactions {
    /// Stands for the element before all others.
    static final int EMPTY = -1;

    /// Stands for what a transaction without an answer read.
    static final int UNKNOWN = -2;

    private final History history;
    private final int[] firstStep;
    private final int[] keys; // of a step: its list
    private final int[] elements; // of an append: the element; of a read: the last one, EMPTY or UNKNOWN
    private final int[] lengths; // of an append: -1; of a read: how many elements
    private final Lists lists;
    private final Map<Integer, int[]> whole; // reads of contradicting lists

    Transactions(
            History history,
            int[] firstStep,
            int[] keys,
            int[] elements,
            int[] lengths,
            Lists lists,
            Map<Integer, int[]> whole) {
        this.history = history;
        this.firstStep = firstStep;
        this.keys = keys;
        this.elements = elements;
        this.lengths = lengths;
        this.lists = lists;
        this.whole = whole;
    }

    History history() {
        return history;
    }

    Lists lists() {
        return lists;
    }

    int size() {
        return firstStep.length - 1;
    }

    int firstStep(int transaction) {
        return firstStep[transaction];
    }

    int endStep(int transaction) {
        return firstStep[transaction + 1];
    }

    /// Returns the transaction of a step.
    int of(int step) {
        int at = Arrays.binarySearch(firstStep, step);
        if (at < 0) {
            return -at - 2;
        }
        while (firstStep[at + 1] == step) { // transactions without steps
            at++;
        }
        return at;
    }

    boolean isAppend(int step) {
        return lengths[step] < 0;
    }

    int key(int step) {
        return keys[step];
    }

    /// Returns the element of an append, or the last one of a read.
    int element(int step) {
        return elements[step];
    }

    /// Returns how many elements a read saw.
    int length(int step) {
        return lengths[step];
    }

    /// Returns the element at a place of a read.
    int elementAt(int step, int place) {
        int[] read = whole.isEmpty() ? null : whole.get(step);
        return read == null ? lists.elementAt(keys[step], place) : read[place];
    }

    /// Tells whether a read can differ from the beginning of its list's order.
    boolean isWhole(int step) {
        return !whole.isEmpty() && whole.containsKey(step);
    }

    boolean ok(int transaction) {
        return history.completion(transaction) == Completion.OK;
    }

    /// Tells whether a transaction is known not to have happened.
    boolean failed(int transaction) {
        return history.completion(transaction) == Completion.FAIL;
    }
}
