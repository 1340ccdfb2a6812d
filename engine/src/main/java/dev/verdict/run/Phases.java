package dev.verdict.run;

import dev.verdict.environment.Environment;
import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.judge.Outcome;
import dev.verdict.plan.Phase;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.ScenarioRunner;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs the phases in order: one that does not pass blocks those behind it.
final class Phases {
    private final Plan plan;
    private final Scope scope;
    private final Journal journal;
    private final ScenarioRunner runner;
    private final Conductor conductor;
    private final Beside.Starter besides;
    private final Environment environment;
    private final Supplier<List<Entry>> told;

    /// Prepares the phases.
    ///
    /// @param told answers the journal so far, from which it follows whether a phase passed
    Phases(
            Plan plan,
            Scope scope,
            Journal journal,
            ScenarioRunner runner,
            Conductor conductor,
            Beside.Starter besides,
            Environment environment,
            Supplier<List<Entry>> told) {
        this.plan = plan;
        this.scope = scope;
        this.journal = journal;
        this.runner = runner;
        this.conductor = conductor;
        this.besides = besides;
        this.environment = environment;
        this.told = told;
    }

    void run() throws InterruptedException {
        Optional<String> gate = Optional.empty();
        for (Phase phase : scope.phases()) {
            journal.emit(new Event.PhaseStarted(phase.name()));
            for (Suite suite : phase.suites()) {
                // Nothing of a suite that cannot run begins: neither its scenarios nor its faults.
                Optional<String> reason = gate.or(this::unusable);
                if (reason.isPresent()) {
                    runner.block(phase.name(), scope.of(suite), reason.get());
                } else {
                    run(phase, suite);
                }
            }
            journal.emit(new Event.PhaseEnded(phase.name()));
            gate = gate.isPresent() || passed(phase) ? gate : Optional.of("phase " + phase.name() + " did not pass");
        }
    }

    private void run(Phase phase, Suite suite) throws InterruptedException {
        Discovered found = scope.of(suite);
        try (ScenarioRunner.Opened opened = runner.open(phase.name(), found)) {
            Conductor.Playing schedule = conductor.play(suite);
            Beside beside = besides.start(suite, found, () -> unusable().or(opened::startingNoMore));
            try {
                opened.run(this::unusable);
                beside.await();
            } catch (InterruptedException e) {
                beside.abandon();
                schedule.abandon();
                throw e;
            } finally {
                schedule.close();
            }
            beside.settle();
        }
    }

    /// Says why no scenario can run: a service that did not come up.
    private Optional<String> unusable() {
        return plan.services().keySet().stream()
                .flatMap(service -> environment.state(service) instanceof Environment.State.Failed failed
                        ? Optional.of("service " + service + " is not ready: " + failed.reason()).stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }

    private boolean passed(Phase phase) {
        return Judging.judge(plan, told.get()).scenarios().stream()
                .filter(result -> result.phase().equals(phase.name()))
                .allMatch(result -> result.outcome().compareTo(Outcome.PASSED) <= 0);
    }
}
