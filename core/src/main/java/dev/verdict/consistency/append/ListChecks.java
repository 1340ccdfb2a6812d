package dev.verdict.consistency.append;

import java.util.List;

/// Finds what is wrong with the order of a list without a cycle.
///
/// @param examples takes what is found
record ListChecks(Transactions transactions, Lists lists, Words words, Examples examples) {
    void run() {
        for (int key = 0; key < lists.size(); key++) {
            dirtyUpdates(key);
            ownOrder(key);
        }
    }

    /// Looks for a failed transaction's element with one after it whose transaction happened for
    /// sure.
    private void dirtyUpdates(int key) {
        int[] order = lists.order(key);
        int failed = Lists.NONE;
        for (int place = lists.firstAborted(key); place < order.length; place++) {
            int element = order[place];
            int writer = lists.writer(element);
            if (writer != Lists.NONE && lists.isFailed(element)) {
                failed = element;
            } else if (writer != Lists.NONE && transactions.ok(writer) && failed != Lists.NONE) {
                int aborted = failed;
                examples.add(
                        Phenomenon.DIRTY_UPDATE,
                        () -> new Finding(
                                Phenomenon.DIRTY_UPDATE,
                                "%s appended %s to %s after %s, which %s appended, although that failed"
                                        .formatted(
                                                words.name(writer),
                                                words.value(element),
                                                words.key(key),
                                                words.value(aborted),
                                                words.name(lists.writer(aborted))),
                                List.of(lists.writer(aborted), writer),
                                writer));
                failed = Lists.NONE;
            }
        }
    }

    /// Looks for an element that was read before, or without, one that its transaction appended
    /// earlier.
    private void ownOrder(int key) {
        int[] order = lists.order(key);
        for (int place = 0; place < order.length; place++) {
            int element = order[place];
            int next = lists.followedBy(element);
            if (next != Lists.NONE && !lists.isFailed(element) && between(lists.position(next), 0, place)) {
                examples.add(Phenomenon.INCOMPATIBLE_ORDER, () -> words.inverted(element, next));
            }
        }
        for (int element : lists.unseen(key)) {
            int next = lists.followedBy(element);
            if (next != Lists.NONE && lists.position(next) != Lists.NONE) {
                examples.add(Phenomenon.INCOMPATIBLE_ORDER, () -> words.inverted(element, next));
            }
        }
    }

    private static boolean between(int number, int from, int to) {
        return number >= from && number < to;
    }
}
