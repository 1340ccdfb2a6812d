package dev.verdict.consistency.append;

import dev.verdict.consistency.Budget;
import dev.verdict.consistency.Completion;
import dev.verdict.consistency.History;
import dev.verdict.consistency.HistoryException;
import dev.verdict.consistency.Value;
import dev.verdict.consistency.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads the transactions of a history: values that are lists of `["append" key element]` and `["r"
/// key elements]`. Each read is compared with the longest one of its list so far, which costs a
/// pass over its elements and no look-up but for new ones.
final class TransactionReader {
    private static final int EVERY = 1 << 12;
    private static final int NO_CELL = Integer.MIN_VALUE;

    private final History history;
    private final Values values;
    private final Budget budget;
    private final Elements elements = new Elements();
    private final Elements keyTable = new Elements(); // the keys, as elements of one list
    private int[] firstStep = new int[0];
    private final Ints keys = new Ints();
    private final Ints stepElements = new Ints();
    private final Ints lengths = new Ints();
    private int[][] longest = new int[16][]; // of a list: the cells of its longest read
    private Ints[] orders = new Ints[16];
    private int[] lastAppend = new int[16]; // of a list: the step of the append that was met last
    private boolean[] broken = new boolean[16];
    private boolean anyBroken;
    private final Ints writers = new Ints();
    private final Ints positions = new Ints();
    private final Ints followed = new Ints(); // of an element: what its writer appended to the list next, or NONE
    private Optional<String> twice = Optional.empty();
    private int appendCell = NO_CELL; // the cells of the two names, once they were met
    private int readCell = NO_CELL;

    TransactionReader(History history, Budget budget) {
        this.history = history;
        this.values = history.values();
        this.budget = budget;
    }

    /// Returns the element that was appended more than once, if there is one: then nothing can be
    /// said.
    Optional<String> appendedTwice() {
        return twice;
    }

    /// Reads all transactions, unless the budget ends; then the answer is empty.
    Optional<Transactions> read() {
        firstStep = new int[history.size() + 1];
        budget.total(history.size());
        for (int operation = 0; operation < history.size(); operation++) {
            if (operation % EVERY == 0 && budget.spent().isPresent()) {
                return Optional.empty();
            }
            firstStep[operation] = keys.size();
            transaction(operation);
            budget.advance(operation % EVERY == EVERY - 1 ? EVERY : 0);
        }
        firstStep[history.size()] = keys.size();
        return Optional.of(build());
    }

    private void transaction(int operation) {
        boolean ok = history.completion(operation) == Completion.OK;
        int value = ok ? history.result(operation) : history.argument(operation);
        if (!values.isList(value)) {
            throw wrong(operation, "has no list of appends and reads as its value");
        }
        for (int step : values.items(value)) {
            int[] parts = values.items(step);
            if (parts.length < 2 || parts.length > 3) {
                throw wrong(operation, "has a step that is neither [append key element] nor [r key elements]");
            }
            int key = keyNumber(parts[1]);
            if (isAppend(operation, parts[0]) && parts.length == 3) {
                append(operation, key, parts[2]);
            } else if (parts[0] == readCell) {
                read(operation, key, ok, parts.length == 3 ? parts[2] : Values.NIL);
            } else {
                throw wrong(operation, "appends nothing to %s".formatted(values.value(parts[1])));
            }
        }
    }

    private boolean isAppend(int operation, int cell) {
        if (cell == appendCell || cell == readCell) {
            return cell == appendCell;
        }
        boolean append = switch (values.value(cell)) {
            case Value.Text(String name) when name.equals("append") -> true;
            case Value.Text(String name) when name.equals("r") || name.equals("read") -> false;
            case Value other ->
                throw wrong(operation, "has the step %s, which is neither append nor r".formatted(other));
        };
        if (append) {
            appendCell = cell;
        } else {
            readCell = cell;
        }
        return append;
    }

    private HistoryException wrong(int operation, String what) {
        return new HistoryException(
                "operation %d of process %d %s".formatted(operation, history.process(operation), what));
    }

    private void append(int operation, int key, int cell) {
        int element = element(key, cell);
        if (writers.get(element) != Lists.NONE && twice.isEmpty()) {
            twice = Optional.of("%s was appended to %s more than once"
                    .formatted(values.value(cell), values.value(keyTable.cell(key))));
        }
        writers.set(element, operation);
        int last = lastAppend[key];
        if (last >= firstStep[operation]) {
            followed.set(stepElements.get(last), element);
        }
        lastAppend[key] = keys.size();
        step(key, element, -1);
    }

    private void read(int operation, int key, boolean ok, int cell) {
        if (!ok) {
            step(key, Transactions.UNKNOWN, 0);
            return;
        }
        if (cell != Values.NIL && !values.isList(cell)) {
            throw wrong(operation, "read %s, which is no list".formatted(values.value(cell)));
        }
        int[] seen = values.items(cell);
        if (seen.length == 0) {
            step(key, Transactions.EMPTY, 0);
            return;
        }
        compare(key, seen);
        boolean known = !broken[key] && seen.length <= orders[key].size();
        step(key, known ? orders[key].get(seen.length - 1) : Transactions.UNKNOWN, seen.length);
    }

    /// Extends the order of a list by a read that is longer; marks the list if the two contradict.
    private void compare(int key, int[] seen) {
        int[] old = longest[key];
        if (broken[key]) {
            return;
        }
        int common = Math.min(old.length, seen.length);
        if (Arrays.mismatch(old, 0, common, seen, 0, common) >= 0) {
            breakList(key);
            return;
        }
        if (seen.length > old.length) {
            longest[key] = seen;
            for (int place = common; place < seen.length; place++) {
                int element = element(key, seen[place]);
                if (positions.get(element) != Lists.NONE) {
                    breakList(key);
                    return;
                }
                positions.set(element, place);
                orders[key].add(element);
            }
        }
    }

    private void breakList(int key) {
        broken[key] = true;
        anyBroken = true;
    }

    private void step(int key, int element, int length) {
        keys.add(key);
        stepElements.add(element);
        lengths.add(length);
    }

    private int element(int key, int cell) {
        int element = elements.number(key, cell);
        if (element == writers.size()) {
            writers.add(Lists.NONE);
            positions.add(Lists.NONE);
            followed.add(Lists.NONE);
        }
        return element;
    }

    private int keyNumber(int cell) {
        int keysBefore = keyTable.size();
        int key = keyTable.number(0, cell);
        if (key < keysBefore) {
            return key;
        }
        if (key == longest.length) {
            longest = Arrays.copyOf(longest, 2 * key);
            orders = Arrays.copyOf(orders, 2 * key);
            lastAppend = Arrays.copyOf(lastAppend, 2 * key);
            broken = Arrays.copyOf(broken, 2 * key);
        }
        longest[key] = new int[0];
        orders[key] = new Ints();
        lastAppend[key] = -1;
        return key;
    }

    private Transactions build() {
        Map<Integer, int[]> whole = anyBroken ? mend() : Map.of();
        int[][] order = new int[keyTable.size()][];
        Arrays.setAll(order, key -> orders[key].toArray());
        boolean[] failed = new boolean[writers.size()];
        for (int element = 0; element < failed.length; element++) {
            int writer = writers.get(element);
            failed[element] = writer == Lists.NONE || history.completion(writer) == Completion.FAIL;
        }
        Lists lists = new Lists(
                elements,
                keyTable.cells(),
                order,
                writers.toArray(),
                positions.toArray(),
                followed.toArray(),
                failed,
                unseen(failed));
        return new Transactions(
                history, firstStep, keys.toArray(), stepElements.toArray(), lengths.toArray(), lists, whole);
    }

    /// Keeps the reads of contradicting lists whole, and orders those lists by their longest read.
    private Map<Integer, int[]> mend() {
        Map<Integer, int[]> whole = new TreeMap<>();
        Map<Integer, int[]> longestOf = new HashMap<>();
        for (int operation = 0; operation < history.size(); operation++) {
            if (history.completion(operation) != Completion.OK) {
                continue;
            }
            int[] steps = values.items(history.result(operation));
            for (int i = 0; i < steps.length; i++) {
                int step = firstStep[operation] + i;
                int key = keys.get(step);
                if (broken[key] && lengths.get(step) > 0) {
                    int[] seen = numbers(key, values.items(values.items(steps[i])[2]));
                    whole.put(step, seen);
                    stepElements.set(step, seen[seen.length - 1]);
                    longestOf.merge(key, seen, (a, b) -> b.length > a.length ? b : a);
                }
            }
        }
        longestOf.forEach(this::reorder);
        return whole;
    }

    private int[] numbers(int key, int[] cells) {
        int[] numbers = new int[cells.length];
        Arrays.setAll(numbers, i -> element(key, cells[i]));
        return numbers;
    }

    private void reorder(int key, int[] read) {
        for (int i = 0; i < orders[key].size(); i++) {
            positions.set(orders[key].get(i), Lists.NONE);
        }
        orders[key].clear();
        for (int element : read) {
            if (positions.get(element) == Lists.NONE) {
                positions.set(element, orders[key].size());
                orders[key].add(element);
            }
        }
    }

    private int[][] unseen(boolean[] failed) {
        Ints[] found = new Ints[keyTable.size()];
        for (int element = 0; element < failed.length; element++) {
            if (positions.get(element) == Lists.NONE && !failed[element]) {
                int key = elements.key(element);
                if (found[key] == null) {
                    found[key] = new Ints();
                }
                found[key].add(element);
            }
        }
        int[][] unseen = new int[found.length][];
        int[] none = new int[0];
        Arrays.setAll(unseen, key -> found[key] == null ? none : found[key].toArray());
        return unseen;
    }
}
