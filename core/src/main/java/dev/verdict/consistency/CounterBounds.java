package dev.verdict.consistency;

import java.util.List;

/// Checks that each read of a counter lies between what it must have been at least and what it can
/// have been at most: `add` of a number, which may be negative, `increment`, `decrement` and
/// `read`.
///
/// At least: all increments that were acknowledged before the read was called, less all decrements
/// that were called before it returned. At most: all increments called before it returned, less the
/// decrements acknowledged before it was called. So no history with one order of operations is
/// refused; some without are accepted.
public record CounterBounds() implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            part.replay(new Bounds(part, budget, conclusion));
        }
        budget.spent().ifPresent(conclusion::unknown);
        if (conclusion.counted("reads") == 0) {
            conclusion.unknown("no read was acknowledged");
        }
        return conclusion.answer();
    }

    private static final class Bounds implements Part.Watcher {
        private final Part part;
        private final Budget budget;
        private final Conclusion conclusion;
        private final IntMap places = new IntMap(); // of reads under way
        private final LongColumn lowest = new LongColumn(); // of a read: from what was acknowledged before it
        private final LongColumn highest = new LongColumn();
        private long addedOk;
        private long takenOk;
        private long added;
        private long taken;

        Bounds(Part part, Budget budget, Conclusion conclusion) {
            this.part = part;
            this.budget = budget;
            this.conclusion = conclusion;
        }

        @Override
        public void called(int operation) {
            if (part.failed(operation) || budget.spent().isPresent()) {
                return;
            }
            if (part.function(operation).equals("read")) {
                places.number(operation);
                lowest.add(addedOk);
                highest.add(takenOk);
            } else {
                long amount = amount(operation);
                added = Part.sum(added, Math.max(amount, 0));
                taken = Part.sum(taken, Math.min(amount, 0));
            }
        }

        @Override
        public void returned(int operation) {
            if (budget.spent().isPresent()) {
                return;
            }
            if (part.function(operation).equals("read")) {
                read(operation);
            } else {
                long amount = amount(operation);
                addedOk = Part.sum(addedOk, Math.max(amount, 0));
                takenOk = Part.sum(takenOk, Math.min(amount, 0));
            }
        }

        private void read(int operation) {
            History history = part.history();
            conclusion.count("reads", 1);
            long value = history.values()
                    .number(history.result(operation))
                    .orElseThrow(() -> new HistoryException("operation %d read %s, which is no whole number"
                            .formatted(operation, part.plain(history.result(operation)))));
            int place = places.get(operation);
            long least = Part.sum(lowest.get(place), taken);
            long most = Part.sum(highest.get(place), added);
            if (value < least || value > most) {
                conclusion.wrong(new Anomaly(
                        "out-of-bounds",
                        "process %d read %d%s, but it must have been from %d to %d"
                                .formatted(history.process(operation), value, part.ofKey(), least, most),
                        List.of(operation),
                        List.of(operation)));
            }
        }

        private long amount(int operation) {
            int cell = part.history().argument(operation);
            int sign = switch (part.function(operation)) {
                case "add", "increment", "inc" -> 1;
                case "decrement", "dec" -> -1;
                case String other -> throw new HistoryException("a counter has no " + other);
            };
            if (cell == Values.NIL) {
                return sign;
            }
            return sign
                    * part.history()
                            .values()
                            .number(cell)
                            .orElseThrow(() -> new HistoryException("operation %d adds %s, which is no whole number"
                                    .formatted(operation, part.plain(cell))));
        }
    }
}
