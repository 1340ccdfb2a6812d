package dev.verdict.consistency;

import java.util.Arrays;
import java.util.List;

/// Checks every read of a set to which elements are only added, with the life of each element:
/// *known* once its add was acknowledged or a read saw it; *lost* if a read that was called later
/// misses it, and so do all reads after; *stale* if such a read misses it, but a later one has it
/// again; *never read* if neither (the terms are those of Jepsen's `set-full`).
///
/// @param linearizable whether a stale element, and reads that cannot be put in one order, are
///     wrong
public record FullSet(boolean linearizable) implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            new Lives(part, conclusion).check(budget);
        }
        budget.spent().ifPresent(conclusion::unknown);
        if (conclusion.counted("stable") == 0) {
            conclusion.unknown("no element was seen to stay");
        }
        return conclusion.answer();
    }

    private final class Lives {
        private final Part part;
        private final History history;
        private final Conclusion conclusion;
        private final SetOperations set;
        private final int[] known; // of an element: the event since when it is known
        private final int[] present; // of an element: the last read that saw it, or -1
        private final int[] absent; // of an element: the last read that missed it, or -1
        private final ReadOrder order;

        Lives(Part part, Conclusion conclusion) {
            this.part = part;
            this.history = part.history();
            this.conclusion = conclusion;
            this.set = new SetOperations(part);
            this.known = new int[set.size()];
            this.present = new int[set.size()];
            this.absent = new int[set.size()];
            this.order = new ReadOrder(part, set);
            Arrays.setAll(known, set::acknowledged);
            Arrays.fill(present, -1);
            Arrays.fill(absent, -1);
        }

        void check(Budget budget) {
            for (int read : set.reads()) {
                if (budget.spent().isPresent()) {
                    return;
                }
                long[] seen = set.mark(read, conclusion);
                read(read, seen);
                if (linearizable) {
                    budget.take(8L * seen.length);
                    order.add(read, seen);
                }
            }
            for (int element = 0; element < set.size(); element++) {
                judge(element);
            }
            if (linearizable && conclusion.answer() instanceof Answer.Valid) {
                order.contradiction(budget).ifPresent(conclusion::wrong);
            }
        }

        private void read(int read, long[] seen) {
            int limit = set.calledBefore(history.returned(read));
            int returned = history.returned(read);
            for (int element = 0; element < set.size(); element++) {
                if ((seen[element >>> 6] & 1L << element) != 0) {
                    present[element] = read;
                    known[element] = Math.min(known[element], returned);
                } else if (element < limit) {
                    absent[element] = read;
                }
            }
        }

        private void judge(int element) {
            boolean missed = absent[element] >= 0 && history.called(absent[element]) > known[element];
            if (present[element] > absent[element]) {
                conclusion.count("stable", 1);
                if (missed && linearizable) {
                    wrong(
                            "stale",
                            element,
                            "was missed by a read that was called after it was known, and read again later");
                } else if (missed) {
                    conclusion.count("stale", 1);
                }
            } else if (missed) {
                wrong("lost", element, "was known, and then missed by a read and all that were called after it");
            } else {
                conclusion.count("never-read", 1);
            }
        }

        private void wrong(String name, int element, String what) {
            int adder = set.adder(element);
            List<Integer> shown = present[element] >= 0
                    ? List.of(adder, present[element], absent[element])
                    : List.of(adder, absent[element]);
            conclusion.wrong(new Anomaly(
                    name,
                    "%s%s %s".formatted(part.plain(set.cell(element)), part.ofKey(), what),
                    shown.stream().sorted().toList(),
                    List.of(absent[element])));
        }
    }
}
