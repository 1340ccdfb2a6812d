package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.JournalFile;
import dev.verdict.journal.JournalReader;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Verdict;
import dev.verdict.plan.Plan;
import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.report.HtmlReport;
import dev.verdict.report.JUnitXml;
import dev.verdict.report.RunJson;
import dev.verdict.run.Judging;
import dev.verdict.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Holds a run that was read from its journal and judged.
record Judged(Plan plan, RunFolder folder, List<Entry> entries, Optional<String> torn, Verdict verdict) {
    static Judged read(RunFolder folder) {
        JournalFile journal = JournalReader.read(folder.journal());
        Event.RunStarted started = journal.entries().stream()
                .map(Entry::event)
                .filter(Event.RunStarted.class::isInstance)
                .map(Event.RunStarted.class::cast)
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        folder.journal() + " does not begin with a plan: it is no run's journal, or empty"));
        Plan plan = PlanReader.fromCanonical(started.plan(), Path.of(started.planFile()));
        return new Judged(plan, folder, journal.entries(), journal.torn(), Judging.judge(plan, journal.entries()));
    }

    /// Returns the latest run of this plan, in the same cell of its matrix, that had scenarios: one
    /// that only brought the system up had none.
    static Optional<Judged> latestWithScenarios(ResolvedPlan plan) {
        return Runs.of(plan.directory()).stream()
                .map(Judged::read)
                .filter(run -> run.plan().name().equals(plan.plan().name()))
                .filter(run -> !run.verdict().scenarios().isEmpty())
                .findFirst();
    }

    static Judged of(RunResult result) {
        return new Judged(result.plan(), result.folder(), result.entries(), Optional.empty(), result.verdict());
    }

    /// Writes the page and the JUnit file; returns the page.
    Path write() {
        JUnitXml.write(plan, entries, verdict, folder);
        return HtmlReport.write(plan, entries, verdict, folder);
    }

    String json() {
        return RunJson.of(plan, entries, verdict, folder);
    }
}
