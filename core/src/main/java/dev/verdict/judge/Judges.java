package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Asks every judge and draws the verdict from what they found.
public final class Judges {
    /// In the order of their reasons: a service that did not come up explains blocked scenarios.
    private static final List<Judge> ALL = List.of(
            new EnvironmentJudge(),
            new ScenarioJudge(),
            new OrphanJudge(),
            new SelectionJudge(),
            new HarnessJudge(),
            new CompletenessJudge(),
            new FaultJudge(),
            new WeakCheckJudge());

    private Judges() {}

    /// Judges a run: the worst of all findings, and what each scenario came to.
    ///
    /// A run judges itself after it told `TeardownEnded`. A journal without that event was cut off.
    /// What follows it changes nothing, so that a journal comes to the same verdict ever after.
    ///
    /// @param entries of its journal, in order
    public static Verdict judge(Plan plan, List<Entry> entries) {
        return judge(plan, entries, ALL);
    }

    static Verdict judge(Plan plan, List<Entry> entries, List<Judge> judges) {
        RunRecord run = RunRecord.of(plan, entries);
        List<Finding> findings = new ArrayList<>();
        for (Judge judge : judges) {
            findings.addAll(guarded(judge.name(), () -> judge.judge(run), findings));
        }
        List<ScenarioResult> results = guarded("results", () -> ScenarioJudge.results(run), findings);
        Outcome outcome = findings.stream().map(Finding::outcome).reduce(Outcome.PASSED, Outcome::worse);
        // The floor under every green, whatever the judges overlooked.
        if (outcome == Outcome.PASSED && results.stream().noneMatch(result -> result.outcome() == Outcome.PASSED)) {
            outcome = Outcome.INCONCLUSIVE;
            findings.add(new Finding("judges", outcome, "run", "no scenario passed", List.of()));
        }
        return new Verdict(outcome, exitCode(run, outcome), Reasons.of(findings), findings, results);
    }

    /// Returns what the judge answers; if it crashes, nothing, and a finding that says so.
    private static <T> List<T> guarded(String judge, Supplier<List<T>> answer, List<Finding> findings) {
        try {
            return answer.get();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            findings.add(new Finding(
                    "judges",
                    Outcome.INCONCLUSIVE,
                    "run",
                    "the judge \"%s\" crashed: %s".formatted(judge, e),
                    List.of()));
            return List.of();
        }
    }

    private static int exitCode(RunRecord run, Outcome outcome) {
        if (!run.all(Event.RunInterrupted.class).isEmpty()) {
            return 130;
        }
        return switch (outcome) {
            case FAILED -> 1;
            case BLOCKED -> 3;
            case INCONCLUSIVE -> 4;
            case PASSED, SKIPPED -> 0;
        };
    }
}
