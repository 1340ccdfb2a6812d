package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.ScenarioJudge.Ruled;
import dev.verdict.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks every judge and draws the verdict from what they found.
public final class Judges {
    private static final List<Judge> OWN = List.of(
            new OrphanJudge(),
            new SelectionJudge(),
            new HarnessJudge(),
            new CompletenessJudge(),
            new FaultJudge(),
            new WeakCheckJudge());

    private final List<Judge> first;
    private final ScenarioJudge scenarios;
    private final List<Judge> others;
    private final Assessor assessor;

    /// @param first are asked before the scenarios' judge, whose findings theirs explain
    Judges(List<Judge> first, ScenarioJudge scenarios, List<Judge> others, Assessor assessor) {
        this.first = List.copyOf(first);
        this.scenarios = scenarios;
        this.others = List.copyOf(others);
        this.assessor = assessor;
    }

    /// Puts judges together: all of this room, and what others know more.
    ///
    /// @param examiners for scenarios that have evidence of a kind of its own
    /// @param assessor of the plan's targets
    public static Judges with(List<Examiner> examiners, Assessor assessor) {
        return new Judges(List.of(new EnvironmentJudge()), new ScenarioJudge(examiners), OWN, assessor);
    }

    /// Judges a run: the worst of all findings, and what each scenario came to.
    ///
    /// A run judges itself after it told `TeardownEnded`. A journal without that event was cut off.
    /// What follows it changes nothing, so that a journal comes to the same verdict ever after.
    ///
    /// @param entries of its journal, in order
    public Verdict judge(Plan plan, List<Entry> entries) {
        RunRecord run = RunRecord.of(plan, entries);
        List<Finding> findings = new ArrayList<>();
        first.forEach(judge -> ask(judge, run, findings));
        List<Ruled> ruled = guarded("scenarios", () -> scenarios.rule(run), findings);
        ruled.forEach(scenario -> scenario.finding().ifPresent(findings::add));
        others.forEach(judge -> ask(judge, run, findings));
        List<ScenarioResult> results = ruled.stream().map(Ruled::result).toList();
        List<TargetResult> targets = guarded("targets", () -> assessor.assess(run, results), findings);
        targets.forEach(target -> finding(target).ifPresent(findings::add));
        Outcome outcome = findings.stream().map(Finding::outcome).reduce(Outcome.PASSED, Outcome::worse);
        // The floor under every green, whatever the judges overlooked.
        if (outcome == Outcome.PASSED && results.stream().noneMatch(result -> result.outcome() == Outcome.PASSED)) {
            outcome = Outcome.INCONCLUSIVE;
            findings.add(new Finding("judges", outcome, "run", "no scenario passed", List.of()));
        }
        return new Verdict(outcome, exitCode(run, outcome), Reasons.of(findings), findings, results, targets);
    }

    private static Optional<Finding> finding(TargetResult target) {
        Optional<Outcome> outcome = switch (target.state()) {
            case MISSED -> Optional.of(Outcome.FAILED);
            case UNMEASURED -> Optional.of(Outcome.INCONCLUSIVE);
            case MET, LEFT_OUT -> Optional.empty();
        };
        return outcome.map(each -> new Finding(
                "targets",
                each,
                target.name(),
                "target \"%s\" %s: %s".formatted(target.name(), word(target.state()), target.reason()),
                target.evidence()));
    }

    private static String word(TargetResult.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void ask(Judge judge, RunRecord run, List<Finding> findings) {
        findings.addAll(guarded(judge.name(), () -> judge.judge(run), findings));
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
