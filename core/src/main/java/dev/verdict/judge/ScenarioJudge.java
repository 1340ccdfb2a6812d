package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Says what became of each scenario. A failure beats everything, also an undefined step; a
/// scenario passes only if nothing speaks against it and something was observed and checked, or if
/// the examiner of its kind of evidence says so.
final class ScenarioJudge {
    private static final int MAX_REASON = 300;

    private final List<Examiner> examiners;

    ScenarioJudge(List<Examiner> examiners) {
        this.examiners = List.copyOf(examiners);
    }

    /// Is a scenario with what became of it.
    record Ruled(ScenarioRecord scenario, Ruling ruling) {
        Optional<Finding> finding() {
            return ruling.outcome() == Outcome.PASSED || ruling.outcome() == Outcome.SKIPPED
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            ruling.judge(),
                            ruling.outcome(),
                            scenario.id(),
                            "\"%s\": %s".formatted(scenario.name(), ruling.reason()),
                            ruling.evidence()));
        }

        ScenarioResult result() {
            Optional<Event.ScenarioFound> found = scenario.found();
            return new ScenarioResult(
                    scenario.id(),
                    scenario.phase(),
                    found.map(Event.ScenarioFound::suite).orElse(""),
                    found.map(Event.ScenarioFound::feature).orElse(""),
                    scenario.name(),
                    found.map(Event.ScenarioFound::uri).orElse(""),
                    found.map(Event.ScenarioFound::line).orElse(0),
                    found.map(Event.ScenarioFound::tags).orElse(List.of()),
                    ruling.outcome(),
                    ruling.reason(),
                    scenario.first(Event.ScenarioEnded.class)
                            .map(ended -> ended.event().took())
                            .orElse(Duration.ZERO),
                    scenario.all(Event.Observed.class).size(),
                    scenario.all(Event.Checked.class).size());
        }
    }

    /// Rules on every scenario.
    List<Ruled> rule(RunRecord run) {
        return run.scenarios().stream()
                .map(scenario -> new Ruled(scenario, rule(scenario, run)))
                .toList();
    }

    private Ruling rule(ScenarioRecord scenario, RunRecord run) {
        return failed(scenario, run)
                .or(() -> notRun(scenario))
                .or(() -> incomplete(scenario))
                .or(() -> examined(scenario, run))
                .or(() -> hollow(scenario))
                .orElse(Ruling.passed("scenarios"));
    }

    /// What the examiner of the scenario's evidence says; that it cannot say anything if it
    /// crashes.
    private Optional<Ruling> examined(ScenarioRecord scenario, RunRecord run) {
        return examiners.stream()
                .filter(examiner -> examiner.examines(scenario))
                .findFirst()
                .map(examiner -> {
                    try {
                        return examiner.examine(scenario, run);
                    } catch (RuntimeException | AssertionError | StackOverflowError e) {
                        return Ruling.inconclusive("the examiner \"%s\" crashed: %s".formatted(examiner.name(), e));
                    }
                });
    }

    /// A step that failed, or a check that did not hold though its step went on as if it had.
    private static Optional<Ruling> failed(ScenarioRecord scenario, RunRecord run) {
        String died = ExitsDuring.describe(scenario, run);
        for (Told<Event.StepEnded> step : scenario.all(Event.StepEnded.class)) {
            if (step.event().status() == Event.StepStatus.FAILED) {
                String error = step.event().error().orElse("failed");
                return Optional.of(failure(run, place(scenario, step.event()) + shorten(error) + died, step.seq()));
            }
        }
        return scenario.all(Event.Checked.class).stream()
                .filter(check -> !check.event().passed())
                .findFirst()
                .map(check -> failure(
                        run,
                        shorten("%s: expected %s, but was %s"
                                        .formatted(
                                                check.event().subject(),
                                                check.event().expected(),
                                                check.event().actual()))
                                + (scenario.missingSteps()
                                                .contains(check.event().step())
                                        ? ""
                                        : " (its step swallowed the failure)")
                                + died,
                        check.seq()));
    }

    /// What fails after the environment broke as a whole says nothing about the system.
    private static Ruling failure(RunRecord run, String reason, long seq) {
        return run.all(Event.EnvironmentFailed.class).stream()
                .filter(broken -> broken.seq() < seq)
                .findFirst()
                .map(broken -> Ruling.of(
                        Outcome.BLOCKED,
                        "the environment had broken: %s; then %s"
                                .formatted(broken.event().reason(), reason),
                        broken.seq(),
                        seq))
                .orElseGet(() -> Ruling.of(Outcome.FAILED, reason, seq));
    }

    private static Optional<Ruling> notRun(ScenarioRecord scenario) {
        Optional<Ruling> blocked = scenario.first(Event.ScenarioBlocked.class)
                .map(told -> Ruling.of(Outcome.BLOCKED, told.event().reason(), told.seq()));
        if (blocked.isPresent() || scenario.has(Event.ScenarioStarted.class)) {
            return blocked;
        }
        if (scenario.ran()) {
            return Optional.of(Ruling.inconclusive("its steps ran, but nothing says that it started"));
        }
        return scenario.first(Event.ScenarioSkipped.class)
                .map(ScenarioJudge::skipped)
                .or(() -> Optional.of(Ruling.inconclusive("it was found, but never started")));
    }

    private static Ruling skipped(Told<Event.ScenarioSkipped> told) {
        return Ruling.of(Outcome.SKIPPED, told.event().by(), told.seq());
    }

    /// What is missing from a scenario that ran and did not fail.
    private static Optional<Ruling> incomplete(ScenarioRecord scenario) {
        for (Told<Event.StepEnded> step : scenario.all(Event.StepEnded.class)) {
            String word = switch (step.event().status()) {
                case PASSED, FAILED -> "";
                case UNDEFINED -> "is undefined";
                case AMBIGUOUS -> "is ambiguous";
                case PENDING -> "is pending";
                case SKIPPED -> "was skipped";
            };
            if (step.event().status() == Event.StepStatus.SKIPPED && scenario.has(Event.ScenarioSkipped.class)) {
                return scenario.first(Event.ScenarioSkipped.class).map(ScenarioJudge::skipped);
            }
            if (!word.isEmpty()) {
                return Optional.of(
                        Ruling.inconclusive(place(scenario, step.event()) + "this step " + word, step.seq()));
            }
        }
        if (scenario.found().isEmpty()) {
            return Optional.of(Ruling.inconclusive("the journal does not say where it comes from"));
        }
        if (scenario.all(Event.ScenarioStarted.class).size() > 1) {
            return Optional.of(Ruling.inconclusive("it was started more than once, so its evidence is mixed"));
        }
        if (!scenario.has(Event.ScenarioEnded.class)) {
            return Optional.of(Ruling.inconclusive("it did not end"));
        }
        return scenario.missingSteps().stream()
                .findFirst()
                .map(step -> Ruling.inconclusive("the end of step %d is not recorded".formatted(step + 1)));
    }

    private static Optional<Ruling> hollow(ScenarioRecord scenario) {
        return Ground.of(scenario)
                .hollow()
                .map(why -> new Ruling("hollow", Outcome.INCONCLUSIVE, "hollow: " + why, List.of()));
    }

    private static String place(ScenarioRecord scenario, Event.StepEnded step) {
        String uri = scenario.found().map(Event.ScenarioFound::uri).orElse(scenario.id());
        return "%s (%s): ".formatted(step.text(), step.line() == 0 ? "hook" : uri + ":" + step.line());
    }

    /// Returns the first line: a stack trace is for the report.
    private static String shorten(String error) {
        String line = error.strip().lines().findFirst().orElse("failed");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }
}
