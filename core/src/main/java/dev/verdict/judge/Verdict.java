package dev.verdict.judge;

import java.util.List;

/// Answers a run: the worst of its findings, and what each scenario came to.
///
/// @param outcome of the run; never `SKIPPED`
/// @param exitCode 0 pass, 1 fail, 3 environment, 4 inconclusive, 130 interrupted
/// @param reasons why it is not passed, most severe first; empty for passed
/// @param targets what became of each, in the plan's order
public record Verdict(
        Outcome outcome,
        int exitCode,
        List<String> reasons,
        List<Finding> findings,
        List<ScenarioResult> scenarios,
        List<TargetResult> targets) {
    public Verdict {
        reasons = List.copyOf(reasons);
        findings = List.copyOf(findings);
        scenarios = List.copyOf(scenarios);
        targets = List.copyOf(targets);
    }

    /// Answers a run without targets.
    public Verdict(
            Outcome outcome,
            int exitCode,
            List<String> reasons,
            List<Finding> findings,
            List<ScenarioResult> scenarios) {
        this(outcome, exitCode, reasons, findings, scenarios, List.of());
    }

    /// Returns how many scenarios ended so.
    public long count(Outcome outcome) {
        return scenarios.stream().filter(result -> result.outcome() == outcome).count();
    }
}
