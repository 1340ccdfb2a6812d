package dev.verdict.consistency;

import java.util.List;

/// Checks that no two calls of `generate` returned the same id.
public record UniqueIds() implements Checker {
    @Override
    public Answer check(History history, Budget budget) {
        Conclusion conclusion = new Conclusion();
        for (Part part : Part.of(history)) {
            check(part, budget, conclusion);
        }
        if (conclusion.counted("ids") == 0) {
            conclusion.unknown("no id was returned");
        }
        return conclusion.answer();
    }

    private static void check(Part part, Budget budget, Conclusion conclusion) {
        IntMap ids = new IntMap();
        Column first = new Column();
        for (int operation : part.operations()) {
            if (budget.spent().isPresent()) {
                conclusion.unknown(budget.spent().get());
                return;
            }
            if (part.ok(operation) && part.function(operation).equals("generate")) {
                conclusion.count("ids", 1);
                int id = ids.number(part.history().result(operation));
                if (id == first.size()) {
                    first.add(operation);
                } else {
                    conclusion.wrong(new Anomaly(
                            "duplicated",
                            "the id %s%s was returned twice"
                                    .formatted(part.plain(part.history().result(operation)), part.ofKey()),
                            List.of(first.get(id), operation),
                            List.of(operation)));
                }
            }
        }
    }
}
