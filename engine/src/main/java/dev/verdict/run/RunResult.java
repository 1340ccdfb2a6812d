package dev.verdict.run;

import dev.verdict.journal.Entry;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import java.util.List;

/// Holds what a run left: its folder, its journal and its verdict.
public record RunResult(Plan plan, RunFolder folder, List<Entry> entries, Verdict verdict) {
    public RunResult {
        entries = List.copyOf(entries);
    }
}
