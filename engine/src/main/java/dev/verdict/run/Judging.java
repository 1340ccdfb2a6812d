package dev.verdict.run;

import dev.verdict.consistency.WorkloadExaminer;
import dev.verdict.journal.Entry;
import dev.verdict.judge.Judges;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import dev.verdict.target.LoadExaminer;
import dev.verdict.target.TargetAssessor;
import java.util.List;

/// Judges runs with the judges and examiners of every room.
public final class Judging {
    private static final Judges ALL =
            Judges.with(List.of(new WorkloadExaminer(), new LoadExaminer()), new TargetAssessor());

    private Judging() {}

    /// Judges a run, or the part of its journal that there is; see [Judges#judge].
    ///
    /// @param entries of its journal, in order
    public static Verdict judge(Plan plan, List<Entry> entries) {
        return ALL.judge(plan, entries);
    }
}
