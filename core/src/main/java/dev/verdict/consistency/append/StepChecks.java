package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import java.util.Arrays;
import java.util.List;

/// Finds what is wrong with a transaction without a cycle, in one pass over all steps.
final class StepChecks {
    private static final int EVERY = 1 << 12;

    private final Transactions transactions;
    private final Lists lists;
    private final Words words;
    private final Examples examples;

    // What the transaction at hand did to each list; a step before its first one is none of it.
    private final int[] lastStep;
    private final int[] lastAppend;
    private final int[] firstRead;
    private final int[] longestRead;
    private final int[] updater; // of an element, and of each list's beginning: who read it and appended
    private int[] previous = new int[16]; // of a step, counted from its transaction: the one before on its list

    StepChecks(Transactions transactions, Words words, Examples examples) {
        this.transactions = transactions;
        this.lists = transactions.lists();
        this.words = words;
        this.examples = examples;
        this.lastStep = filled(lists.size());
        this.lastAppend = filled(lists.size());
        this.firstRead = filled(lists.size());
        this.longestRead = new int[lists.size()];
        this.updater = filled(lists.elements() + lists.size());
    }

    private static int[] filled(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, Lists.NONE);
        return numbers;
    }

    /// Checks everything, unless the budget ends.
    void run(Budget budget) {
        for (int transaction = 0; transaction < transactions.size(); transaction++) {
            if (transaction % EVERY == 0 && budget.spent().isPresent()) {
                return;
            }
            if (transactions.ok(transaction)) {
                check(transaction);
            }
        }
    }

    private void check(int transaction) {
        int first = transactions.firstStep(transaction);
        int end = transactions.endStep(transaction);
        previous = end - first > previous.length ? new int[2 * (end - first)] : previous;
        boolean consistent = true;
        for (int step = first; step < end; step++) {
            int key = transactions.key(step);
            boolean again = lastStep[key] >= first;
            previous[step - first] = again ? lastStep[key] : Lists.NONE;
            if (!again) {
                longestRead[key] = 0;
                firstRead[key] = Lists.NONE;
            }
            if (transactions.isAppend(step)) {
                append(transaction, step, key, again);
            } else {
                read(transaction, step);
                consistent = consistent && internal(transaction, step);
                longestRead[key] = Math.max(longestRead[key], transactions.length(step));
                if (!again) {
                    firstRead[key] = step;
                }
            }
            lastStep[key] = step;
        }
    }

    private void append(int transaction, int step, int key, boolean again) {
        int element = transactions.element(step);
        int first = transactions.firstStep(transaction);
        if (again && longestRead[key] > 0) {
            for (int at = previous[step - first]; at != Lists.NONE; at = previous[at - first]) {
                if (!transactions.isAppend(at) && contains(at, element)) {
                    int read = at;
                    examples.add(
                            Phenomenon.FUTURE_READ,
                            () -> new Finding(
                                    Phenomenon.FUTURE_READ,
                                    "%s, and appended %s only later".formatted(words.read(read), words.value(element)),
                                    List.of(transaction),
                                    transaction));
                    break;
                }
            }
        }
        if (lastAppend[key] < first && again) {
            lostUpdate(transaction, firstRead[key], key);
        }
        lastAppend[key] = step;
    }

    private boolean contains(int read, int element) {
        if (!transactions.isWhole(read)) {
            int position = lists.position(element);
            return position != Lists.NONE && position < transactions.length(read);
        }
        for (int i = 0; i < transactions.length(read); i++) {
            if (transactions.elementAt(read, i) == element) {
                return true;
            }
        }
        return false;
    }

    /// Takes two transactions that read one state of a list and appended to it.
    private void lostUpdate(int transaction, int read, int key) {
        int last = transactions.element(read);
        int state = last == Transactions.EMPTY ? lists.elements() + key : last;
        int other = updater[state];
        if (other == Lists.NONE) {
            updater[state] = transaction;
        } else {
            examples.add(
                    Phenomenon.LOST_UPDATE,
                    () -> new Finding(
                            Phenomenon.LOST_UPDATE,
                            "%s and %s both read %s as %s and appended to it, so one did not see the other"
                                    .formatted(
                                            words.name(other),
                                            words.name(transaction),
                                            words.key(key),
                                            words.list(read)),
                            List.of(other, transaction),
                            transaction));
        }
    }

    private void read(int transaction, int step) {
        int length = transactions.length(step);
        if (length == 0) {
            return;
        }
        int last = transactions.element(step);
        if (transactions.isWhole(step)) {
            wholeRead(transaction, step);
        } else {
            int key = transactions.key(step);
            if (length > lists.firstAborted(key)) {
                failed(transaction, step, lists.elementAt(key, lists.firstAborted(key)));
            }
            if (length > lists.firstUnwritten(key)) {
                failed(transaction, step, lists.elementAt(key, lists.firstUnwritten(key)));
            }
        }
        if (lists.followedBy(last) != Lists.NONE && lists.writer(last) != transaction) {
            examples.add(
                    Phenomenon.G1B,
                    () -> new Finding(
                            Phenomenon.G1B,
                            "%s; %s came from the middle of %s, which appended more to it"
                                    .formatted(words.read(step), words.value(last), words.name(lists.writer(last))),
                            List.of(lists.writer(last), transaction),
                            transaction));
        }
    }

    private void failed(int transaction, int step, int element) {
        int writer = lists.writer(element);
        if (writer == Lists.NONE) {
            examples.add(
                    Phenomenon.GARBAGE_READ,
                    () -> new Finding(
                            Phenomenon.GARBAGE_READ,
                            "%s, but nobody appended %s".formatted(words.read(step), words.value(element)),
                            List.of(transaction),
                            transaction));
        } else {
            examples.add(
                    Phenomenon.G1A,
                    () -> new Finding(
                            Phenomenon.G1A,
                            "%s, but %s, which appended %s, failed"
                                    .formatted(words.read(step), words.name(writer), words.value(element)),
                            List.of(writer, transaction),
                            transaction));
        }
    }

    private void wholeRead(int transaction, int step) {
        int key = transactions.key(step);
        boolean ordered = true;
        for (int i = 0; i < transactions.length(step); i++) {
            int element = transactions.elementAt(step, i);
            if (lists.isFailed(element)) {
                failed(transaction, step, element);
            }
            ordered = ordered && i < lists.order(key).length && lists.elementAt(key, i) == element;
        }
        if (repeats(step)) {
            examples.add(
                    Phenomenon.DUPLICATE_ELEMENTS,
                    () -> new Finding(
                            Phenomenon.DUPLICATE_ELEMENTS,
                            "%s, with an element twice that was appended once".formatted(words.read(step)),
                            List.of(transaction),
                            transaction));
        } else if (!ordered) {
            examples.add(Phenomenon.INCOMPATIBLE_ORDER, () -> words.incompatible(transaction, step));
        }
    }

    private boolean repeats(int step) {
        int[] read = new int[transactions.length(step)];
        Arrays.setAll(read, i -> transactions.elementAt(step, i));
        Arrays.sort(read);
        for (int i = 1; i < read.length; i++) {
            if (read[i] == read[i - 1]) {
                return true;
            }
        }
        return false;
    }

    /// Compares a read with what its transaction read or appended last; reports the first
    /// contradiction.
    private boolean internal(int transaction, int step) {
        int first = transactions.firstStep(transaction);
        int length = transactions.length(step);
        int place = length - 1;
        int at = previous[step - first];
        boolean agrees = true;
        while (agrees && at != Lists.NONE && transactions.isAppend(at)) {
            agrees = place >= 0 && transactions.elementAt(step, place) == transactions.element(at);
            place--;
            at = previous[at - first];
        }
        if (agrees && at != Lists.NONE) {
            agrees = place + 1 == transactions.length(at) && sameStart(step, at);
        }
        if (!agrees) {
            examples.add(
                    Phenomenon.INTERNAL,
                    () -> new Finding(
                            Phenomenon.INTERNAL,
                            "%s, which does not follow from what it did before: %s"
                                    .formatted(words.read(step), words.stepsBefore(transaction, step)),
                            List.of(transaction),
                            transaction));
        }
        return agrees;
    }

    private boolean sameStart(int step, int before) {
        if (!transactions.isWhole(step) && !transactions.isWhole(before)) {
            return true;
        }
        for (int i = 0; i < transactions.length(before); i++) {
            if (transactions.elementAt(step, i) != transactions.elementAt(before, i)) {
                return false;
            }
        }
        return true;
    }
}
