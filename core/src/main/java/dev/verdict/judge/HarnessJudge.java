package dev.verdict.judge;

import dev.verdict.journal.Event;
import java.util.ArrayList;
import java.util.List;

/// Finds that the run was interrupted, or that Verdict itself failed in it.
public final class HarnessJudge implements Judge {
    @Override
    public String name() {
        return "harness";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Finding> findings = new ArrayList<>();
        run.all(Event.RunInterrupted.class)
                .forEach(told -> findings.add(finding(
                        "the run was interrupted: %s".formatted(told.event().reason()), told.seq())));
        run.all(Event.HarnessFailed.class)
                .forEach(told -> findings.add(finding(
                        "Verdict itself failed (%s): %s"
                                .formatted(told.event().room(), told.event().message()),
                        told.seq())));
        return findings;
    }

    private Finding finding(String message, long evidence) {
        return new Finding(name(), Outcome.INCONCLUSIVE, "run", message, List.of(evidence));
    }
}
