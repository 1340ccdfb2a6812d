package dev.verdict.consistency;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Holds what was done to one set: elements by dense numbers, in the order of the first `add` that
/// did not fail, then those that nobody added; and the reads that were acknowledged.
final class SetOperations {
    private static final int DENSE = 8;
    private static final int NONE = -1;

    private final Part part;
    private final int[] reads;
    private final int[] adders; // of an element: the operation that first added it
    private final int[] acknowledged; // of an element: when an add of it first returned OK, or NEVER
    private final IntMap numbers = new IntMap();
    private int[] direct = {}; // numbers of cells from `low` on, where cells lie close together
    private int low;

    SetOperations(Part part) {
        this.part = part;
        this.reads = Arrays.stream(part.operations())
                .filter(operation -> part.ok(operation) && is(operation, "read"))
                .toArray();
        int[] adds = Arrays.stream(part.operations())
                .filter(operation -> !part.failed(operation) && is(operation, "add"))
                .toArray();
        Column first = new Column();
        Column ok = new Column();
        for (int add : adds) {
            int element = numbers.number(part.history().argument(add));
            if (element == first.size()) {
                first.add(add);
                ok.add(History.NEVER);
            }
            ok.set(element, Math.min(ok.get(element), part.history().returned(add)));
        }
        adders = new int[first.size()];
        acknowledged = new int[first.size()];
        Arrays.setAll(adders, first::get);
        Arrays.setAll(acknowledged, ok::get);
        layOut();
    }

    private boolean is(int operation, String function) {
        String name = part.function(operation);
        if (!name.equals("read") && !name.equals("add")) {
            throw new HistoryException("a set has no " + name + ", only add and read");
        }
        return name.equals(function);
    }

    private void layOut() {
        int[] cells = new int[adders.length];
        Arrays.setAll(cells, this::cell);
        low = Arrays.stream(cells).min().orElse(0);
        long span = (long) Arrays.stream(cells).max().orElse(-1) - low + 1;
        if (span > 0 && span < (long) DENSE * cells.length) {
            direct = new int[(int) span];
            Arrays.fill(direct, NONE);
            for (int element = 0; element < cells.length; element++) {
                direct[cells[element] - low] = element;
            }
        }
    }

    /// Returns the acknowledged reads, in the order of their calls.
    int[] reads() {
        return reads;
    }

    /// Returns the number of elements that somebody tried to add.
    int size() {
        return adders.length;
    }

    /// Returns the cells that a read saw.
    int[] seen(int read) {
        int cell = part.history().result(read);
        if (cell != Values.NIL && !part.history().values().isList(cell)) {
            throw new HistoryException(
                    "operation %d read %s, which is no list or set".formatted(read, part.plain(cell)));
        }
        return part.history().values().items(cell);
    }

    /// Returns the number of an element; -1 if nobody added it.
    int element(int cell) {
        if (direct.length > 0) {
            long place = (long) cell - low;
            return place >= 0 && place < direct.length ? direct[(int) place] : NONE;
        }
        return numbers.get(cell);
    }

    /// Returns the operation that first added an element.
    int adder(int element) {
        return adders[element];
    }

    /// Returns the cell of an element.
    int cell(int element) {
        return part.history().argument(adders[element]);
    }

    /// Returns when an add of an element was first called.
    int called(int element) {
        return part.history().called(adders[element]);
    }

    /// Returns when an add of an element first returned OK, or [History#NEVER].
    int acknowledged(int element) {
        return acknowledged[element];
    }

    /// Returns how many elements were called to be added before an event: those are the first ones.
    int calledBefore(int event) {
        int from = 0;
        int to = adders.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (called(middle) < event) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /// Marks what a read saw, and reports what it cannot have seen.
    ///
    /// @return the elements that it saw, as bits
    long[] mark(int read, Conclusion conclusion) {
        long[] bits = new long[(adders.length + 63) >>> 6];
        int limit = calledBefore(part.history().returned(read));
        Set<Integer> strangers = new HashSet<>();
        for (int cell : seen(read)) {
            int element = element(cell);
            if (element == NONE || element >= limit) {
                neverAdded(read, cell, element, conclusion);
            }
            if (element == NONE && !strangers.add(cell)) {
                duplicated(read, cell, conclusion);
            } else if (element != NONE) {
                if ((bits[element >>> 6] & 1L << element) != 0) {
                    duplicated(read, cell, conclusion);
                }
                bits[element >>> 6] |= 1L << element;
            }
        }
        return bits;
    }

    private void duplicated(int read, int cell, Conclusion conclusion) {
        conclusion.wrong(new Anomaly(
                "duplicated",
                "process %d read %s%s twice in one set"
                        .formatted(part.history().process(read), part.plain(cell), part.ofKey()),
                List.of(read),
                List.of(read)));
    }

    private void neverAdded(int read, int cell, int element, Conclusion conclusion) {
        String why = element == NONE ? "which nobody added" : "which was added only later";
        conclusion.wrong(new Anomaly(
                "never-added",
                "process %d read %s%s, %s".formatted(part.history().process(read), part.plain(cell), part.ofKey(), why),
                List.of(read),
                List.of(read)));
    }
}
