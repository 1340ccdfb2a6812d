package dev.verdict.consistency;

import java.util.List;

/// Checks the last read of a set: everything that was acknowledged before it is there, and nothing
/// that was never added, or twice.
public record FinalSet() implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            if (budget.spent().isPresent()) {
                conclusion.unknown(budget.spent().get());
                return conclusion.answer();
            }
            check(part, new SetOperations(part), conclusion);
        }
        return conclusion.answer();
    }

    private static void check(Part part, SetOperations set, Conclusion conclusion) {
        int[] reads = set.reads();
        conclusion.count("added", set.size());
        if (reads.length == 0) {
            conclusion.unknown("the set%s was never read".formatted(part.ofKey()));
            return;
        }
        int last = reads[reads.length - 1];
        long[] seen = set.mark(last, conclusion);
        for (int element = 0; element < set.size(); element++) {
            boolean there = (seen[element >>> 6] & 1L << element) != 0;
            boolean acknowledged = set.acknowledged(element) < part.history().called(last);
            if (there && set.acknowledged(element) == History.NEVER) {
                conclusion.count("recovered", 1);
            } else if (!there && acknowledged) {
                conclusion.wrong(new Anomaly(
                        "lost",
                        "%s%s was acknowledged, and is not in the last read"
                                .formatted(part.plain(set.cell(element)), part.ofKey()),
                        List.of(set.adder(element), last),
                        List.of(last)));
            } else if (!there && set.acknowledged(element) != History.NEVER) {
                conclusion.count("not-yet-read", 1);
            }
        }
    }
}
