package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
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
        run.all(Event.HarnessFailed.class).forEach(told -> findings.add(failed(run, told)));
        return findings;
    }

    /// What keeps the environment from starting at all, as a port that is taken, blocks the run.
    private Finding failed(RunRecord run, Told<Event.HarnessFailed> told) {
        Event.HarnessFailed failure = told.event();
        if (failure.room().equals("environment")
                && run.all(Event.ServiceStarting.class).isEmpty()) {
            return new Finding(
                    name(),
                    Outcome.BLOCKED,
                    "run",
                    "the environment did not come up: " + failure.message(),
                    List.of(told.seq()));
        }
        return finding("Verdict itself failed (%s): %s".formatted(failure.room(), failure.message()), told.seq());
    }

    private Finding finding(String message, long evidence) {
        return new Finding(name(), Outcome.INCONCLUSIVE, "run", message, List.of(evidence));
    }
}
