package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Puts the reads of a set to which elements are only added in one order, with the adds between
/// them; exact, since there is only one: each read must hold what the one before it holds, and each
/// element was added just before the first read that has it.
final class ReadOrder {
    private static final class Read {
        private final int operation;
        private final long[] seen;
        private final int size;

        Read(int operation, long[] seen) {
            this.operation = operation;
            this.seen = seen;
            int count = 0;
            for (long bits : seen) {
                count += Long.bitCount(bits);
            }
            this.size = count;
        }
    }

    private final Part part;
    private final SetOperations set;
    private final List<Read> reads = new ArrayList<>();

    ReadOrder(Part part, SetOperations set) {
        this.part = part;
        this.set = set;
    }

    void add(int read, long[] seen) {
        reads.add(new Read(read, seen));
    }

    /// Returns why there is no order; empty if there is one, or if the budget ended.
    Optional<Anomaly> contradiction(Budget budget) {
        reads.sort(Comparator.comparingInt(read -> read.size));
        int[] places = new int[part.history().size()]; // of an operation: its place; -1 for none
        Arrays.fill(places, -1);
        int[] added = new int[set.size()]; // of an element: the place of its add
        Arrays.fill(added, 2 * reads.size());
        int place = -1;
        Read before = null;
        for (Read read : reads) {
            if (budget.spent().isPresent()) {
                return Optional.empty();
            }
            int gained = gained(before, read);
            if (gained < 0) {
                return Optional.of(crossing(before, read));
            }
            if (before == null || gained > 0) {
                place += 2;
                for (int element = 0; element < added.length; element++) {
                    boolean here = (read.seen[element >>> 6] & 1L << element) != 0;
                    if (here && added[element] > place) {
                        added[element] = place - 1;
                    }
                }
            }
            places[read.operation] = place;
            before = read;
        }
        for (int element = 0; element < added.length; element++) {
            places[set.adder(element)] = added[element];
        }
        return againstTime(places, added);
    }

    /// Returns how many elements a read has more than another; -1 if it misses one of its elements.
    private static int gained(@Nullable Read before, Read read) {
        if (before == null) {
            return read.size;
        }
        for (int at = 0; at < read.seen.length; at++) {
            if ((before.seen[at] & ~read.seen[at]) != 0) {
                return -1;
            }
        }
        return read.size - before.size;
    }

    private Anomaly crossing(@Nullable Read a, Read b) {
        if (a == null) {
            throw new IllegalStateException("nothing crosses a first read");
        }
        return new Anomaly(
                "crossing-reads",
                "process %d read %s but not %s, process %d read %s but not %s%s: neither can have been first"
                        .formatted(
                                part.history().process(a.operation),
                                only(a, b),
                                only(b, a),
                                part.history().process(b.operation),
                                only(b, a),
                                only(a, b),
                                part.ofKey()),
                List.of(Math.min(a.operation, b.operation), Math.max(a.operation, b.operation)),
                List.of(a.operation, b.operation));
    }

    private String only(Read a, Read b) {
        for (int at = 0; at < a.seen.length; at++) {
            long more = a.seen[at] & ~b.seen[at];
            if (more != 0) {
                return part.plain(set.cell(64 * at + Long.numberOfTrailingZeros(more)));
            }
        }
        throw new IllegalStateException("every element is in both reads");
    }

    private Optional<Anomaly> againstTime(int[] places, int[] added) {
        TimeCheck check = new TimeCheck(places, added);
        part.replay(check);
        return Optional.ofNullable(check.wrong);
    }

    /// Looks for an operation that was over before another was called, but comes after it in the
    /// order.
    private final class TimeCheck implements Part.Watcher {
        private final int[] places;
        private final int[] added;
        private int farthest = -1;
        private int culprit;
        private @Nullable Anomaly wrong;

        TimeCheck(int[] places, int[] added) {
            this.places = places;
            this.added = added;
        }

        @Override
        public void called(int operation) {
            if (wrong == null && places[operation] >= 0 && places[operation] < farthest) {
                wrong = new Anomaly(
                        "not-linearizable",
                        "operation %d had returned before operation %d was called, but by what the reads saw it came later%s"
                                .formatted(culprit, operation, part.ofKey()),
                        List.of(culprit, operation),
                        List.of(operation));
            }
        }

        @Override
        public void returned(int operation) {
            int place = places[operation];
            if (place < 0) { // an add that was not the first of its element
                place = added[set.element(part.history().argument(operation))];
            }
            if (place > farthest) {
                farthest = place;
                culprit = operation;
            }
        }
    }
}
