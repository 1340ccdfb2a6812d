package dev.verdict.judge;

import dev.verdict.journal.Event;
import java.util.ArrayList;
import java.util.List;

/// Remarks on checks that would accept nearly anything, and on assertions that nobody can see.
///
/// Both are remarks: where nothing else holds a scenario up, it is hollow, which is a finding.
public final class WeakCheckJudge implements Judge {
    @Override
    public String name() {
        return "weak";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Finding> findings = new ArrayList<>();
        for (ScenarioRecord scenario : run.scenarios()) {
            for (RunRecord.Told<Event.Checked> check : scenario.all(Event.Checked.class)) {
                check.event()
                        .weakness()
                        .ifPresent(why -> findings.add(remark(
                                scenario,
                                "%s would accept nearly anything: %s"
                                        .formatted(check.event().subject(), why),
                                List.of(check.seq()))));
            }
            if (scenario.has(Event.ScenarioEnded.class) && Ground.of(scenario).onlyUnseen()) {
                findings.add(remark(
                        scenario,
                        "it rests on its own steps' assertions, which Verdict cannot see: let them use Evidence.check",
                        List.of()));
            }
        }
        return findings;
    }

    private Finding remark(ScenarioRecord scenario, String message, List<Long> evidence) {
        return new Finding(
                name(), Outcome.PASSED, scenario.id(), "\"%s\": %s".formatted(scenario.name(), message), evidence);
    }
}
