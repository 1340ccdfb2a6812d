package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import dev.verdict.plan.Suite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds that nothing ran, or less than was selected: an absent test never fails.
public final class SelectionJudge implements Judge {
    @Override
    public String name() {
        return "selection";
    }

    @Override
    public List<Finding> judge(RunRecord run) {
        List<Finding> findings = new ArrayList<>();
        boolean ran = run.scenarios().stream().anyMatch(scenario -> scenario.has(Event.ScenarioStarted.class));
        boolean blocked = run.scenarios().stream().anyMatch(scenario -> scenario.has(Event.ScenarioBlocked.class));
        if (!ran && !blocked) {
            findings.add(inconclusive(
                    "run",
                    run.scenarios().isEmpty()
                            ? "nothing ran: no scenario was found"
                            : "nothing ran: every scenario was left out",
                    List.of()));
        }
        // Who asked for a part of the plan knows that the rest stays out.
        Outcome leftOut = partAsked(run) ? Outcome.PASSED : Outcome.INCONCLUSIVE;
        Set<String> started = new HashSet<>();
        for (Told<Event.SuiteStarted> suite : run.all(Event.SuiteStarted.class)) {
            started.add(suite.event().suite());
            if (suite.event().selected() == 0) {
                findings.add(new Finding(
                        name(),
                        leftOut,
                        suite.event().suite(),
                        "suite \"%s\" selects no scenario"
                                .formatted(suite.event().suite()),
                        List.of(suite.seq())));
            }
            findings.addAll(uncounted(run, suite));
        }
        run.plan().suites().stream()
                .map(Suite::name)
                .filter(suite -> !started.contains(suite))
                .forEach(suite -> findings.add(
                        new Finding(name(), leftOut, suite, "suite \"%s\" never started".formatted(suite), List.of())));
        return findings;
    }

    private static boolean partAsked(RunRecord run) {
        return run.all(Event.RunStarted.class).stream()
                .anyMatch(start -> !start.event().selection().isBlank());
    }

    /// Compares what the suite announced with the scenarios that the journal knows.
    private List<Finding> uncounted(RunRecord run, Told<Event.SuiteStarted> suite) {
        Set<String> known = run.scenarios().stream()
                .filter(scenario -> scenario.found()
                        .filter(found -> found.suite().equals(suite.event().suite()))
                        .isPresent())
                .filter(scenario -> scenario.all(Event.ScenarioSkipped.class).stream()
                        .noneMatch(skipped -> skipped.seq() < suite.seq()))
                .map(ScenarioRecord::id)
                .collect(Collectors.toSet());
        return known.size() == suite.event().selected()
                ? List.of()
                : List.of(inconclusive(
                        suite.event().suite(),
                        "suite \"%s\" selected %d scenarios, but the journal tells of %d"
                                .formatted(suite.event().suite(), suite.event().selected(), known.size()),
                        List.of(suite.seq())));
    }

    private Finding inconclusive(String subject, String message, List<Long> evidence) {
        return new Finding(name(), Outcome.INCONCLUSIVE, subject, message, evidence);
    }
}
