package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.plan.Plan;
import java.util.List;

/// Asks every judge.
public final class Judges {
    private Judges() {}

    /// Judges a run: the worst of all findings, and what each scenario came to.
    ///
    /// @param entries of its journal, in order, at least up to `TeardownEnded`
    public static Verdict judge(Plan plan, List<Entry> entries) {
        return new Verdict(Outcome.INCONCLUSIVE, 4, List.of("no judge looked at the run"), List.of(), List.of());
    }
}
