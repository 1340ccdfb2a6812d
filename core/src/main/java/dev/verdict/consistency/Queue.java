package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.List;

/// Checks that what leaves a queue was put into it: `enqueue` of a value, `dequeue`, and `drain`,
/// which dequeues until nothing is left. Says nothing about order.
///
/// A value may be lost for a good reason: a dequeue of unknown outcome may have taken it. So there
/// are as many losses that prove nothing as there are such dequeues.
///
/// @param twice whether a value may leave the queue more often than it was put in (at least once)
/// @param total whether every acknowledged value must leave the queue; it must be drained then
public record Queue(boolean twice, boolean total) implements Checker {
    private static final int NONE = -1;

    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            Flow flow = new Flow(part, budget, conclusion);
            part.replay(flow);
            if (total && budget.spent().isEmpty()) {
                flow.losses();
            }
        }
        budget.spent().ifPresent(conclusion::unknown);
        if (conclusion.counted("dequeued") == 0) {
            conclusion.unknown("nothing was dequeued");
        }
        return conclusion.answer();
    }

    private final class Flow implements Part.Watcher {
        private final Part part;
        private final History history;
        private final Budget budget;
        private final Conclusion conclusion;
        private final IntMap values = new IntMap();
        private final Column enqueued = new Column(); // of a value: calls that did not fail
        private final Column dequeued = new Column();
        private final Column first = new Column(); // of a value: the operation that put it in first
        private int drained = NONE; // the last drain that was acknowledged
        private int crashed;
        private boolean crashedDrain;

        Flow(Part part, Budget budget, Conclusion conclusion) {
            this.part = part;
            this.history = part.history();
            this.budget = budget;
            this.conclusion = conclusion;
        }

        @Override
        public void called(int operation) {
            boolean unknown = !part.ok(operation) && !part.failed(operation);
            switch (part.function(operation)) {
                case "enqueue" -> {
                    if (!part.failed(operation)) {
                        int value = value(history.argument(operation));
                        enqueued.set(value, enqueued.get(value) + 1);
                        first.set(value, first.get(value) == NONE ? operation : first.get(value));
                    }
                }
                case "dequeue" -> crashed += unknown ? 1 : 0;
                case "drain" -> crashedDrain |= unknown;
                case String other ->
                    throw new HistoryException("a queue has no " + other + ", only enqueue, dequeue and drain");
            }
        }

        @Override
        public void returned(int operation) {
            if (budget.spent().isPresent()) {
                return;
            }
            int result = history.result(operation);
            switch (part.function(operation)) {
                case "enqueue" -> conclusion.count("acknowledged", 1);
                case "dequeue" -> {
                    if (result != Values.NIL) {
                        dequeued(operation, result);
                    }
                }
                default -> {
                    drained = operation;
                    for (int cell : history.values().items(result)) {
                        dequeued(operation, cell);
                    }
                }
            }
        }

        private int value(int cell) {
            int value = values.number(cell);
            if (value == enqueued.size()) {
                enqueued.add(0);
                dequeued.add(0);
                first.add(NONE);
            }
            return value;
        }

        private void dequeued(int operation, int cell) {
            int value = value(cell);
            dequeued.set(value, dequeued.get(value) + 1);
            conclusion.count("dequeued", 1);
            if (enqueued.get(value) == 0) {
                wrong("unexpected", operation, cell, "which nobody had put in");
            } else if (dequeued.get(value) > enqueued.get(value) && twice) {
                conclusion.count("duplicated", 1);
            } else if (dequeued.get(value) > enqueued.get(value)) {
                wrong("duplicated", operation, cell, "more often than it was put in");
            }
        }

        private void wrong(String name, int operation, int cell, String what) {
            conclusion.wrong(new Anomaly(
                    name,
                    "process %d took %s%s out, %s"
                            .formatted(history.process(operation), part.plain(cell), part.ofKey(), what),
                    first.get(values.get(cell)) == NONE
                            ? List.of(operation)
                            : List.of(first.get(values.get(cell)), operation),
                    List.of(operation)));
        }

        /// Counts what was acknowledged and never came out, and what of it a drain must have seen.
        void losses() {
            int until = drained == NONE ? NONE : history.called(drained);
            Column acknowledged = new Column();
            Column beforeDrain = new Column();
            for (int value = 0; value < enqueued.size(); value++) {
                acknowledged.add(0);
                beforeDrain.add(0);
            }
            for (int operation : part.operations()) {
                if (part.ok(operation) && part.function(operation).equals("enqueue")) {
                    int value = values.get(history.argument(operation));
                    acknowledged.set(value, acknowledged.get(value) + 1);
                    if (history.returned(operation) < until) {
                        beforeDrain.set(value, beforeDrain.get(value) + 1);
                    }
                }
            }
            report(acknowledged, beforeDrain);
        }

        private void report(Column acknowledged, Column beforeDrain) {
            List<Anomaly> lost = new ArrayList<>();
            long losses = 0;
            long left = 0;
            for (int value = 0; value < acknowledged.size(); value++) {
                int missing = beforeDrain.get(value) - dequeued.get(value);
                left += Math.max(0, acknowledged.get(value) - dequeued.get(value));
                losses += Math.max(0, missing);
                if (missing > 0) {
                    lost.add(lost(first.get(value)));
                }
            }
            if (losses > crashed && !crashedDrain) {
                lost.forEach(conclusion::wrong);
            } else if (losses > 0) {
                conclusion.unknown("%d acknowledged values%s never came out, but %s may have taken them"
                        .formatted(
                                losses,
                                part.ofKey(),
                                crashedDrain ? "a drain of unknown outcome" : "dequeues of unknown outcome"));
            } else if (left > 0) {
                conclusion.unknown(
                        "%d acknowledged values%s did not come out, and no drain after them says whether they are still in"
                                .formatted(left, part.ofKey()));
            }
        }

        private Anomaly lost(int operation) {
            return new Anomaly(
                    "lost",
                    "%s%s was acknowledged, and never came out, although the queue was drained"
                            .formatted(part.plain(history.argument(operation)), part.ofKey()),
                    List.of(operation, drained),
                    List.of(drained));
        }
    }
}
