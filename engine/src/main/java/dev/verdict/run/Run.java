package dev.verdict.run;

import dev.verdict.environment.Environment;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.LocalEnvironment;
import dev.verdict.fault.Faults;
import dev.verdict.fault.Needs;
import dev.verdict.gateway.Gateway;
import dev.verdict.integrity.IntegrityException;
import dev.verdict.journal.Blobs;
import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.JournalReader;
import dev.verdict.journal.JournalWriter;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Verdict;
import dev.verdict.metrics.MetricWatch;
import dev.verdict.plan.Plan;
import dev.verdict.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Conducts one run: environment up, phases, environment down, verdict. Everything it learns is
/// an event in the journal, and the verdict follows from the journal alone.
public final class Run {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final RunRequest request;
    private final Scope scope;
    private final RunControl control;
    private final RunFolder folder;
    private final Map<String, String> secrets;
    private final Redactor redactor;

    /// Prepares a run: reads its secrets, and starts nothing.
    ///
    /// @param scope what the plan's suites contain
    /// @throws RunException if a secret is not there, or cannot be kept one
    public Run(RunRequest request, Scope scope, RunControl control) {
        this.request = request;
        this.scope = scope;
        this.control = control;
        this.folder = RunFolder.of(request.plan().directory(), request.id());
        this.secrets = Secrets.read(request.plan(), request.environment());
        this.redactor = Redactor.of(secrets.values());
    }

    /// Returns where the run keeps its files.
    public RunFolder folder() {
        return folder;
    }

    /// Returns what keeps the run's secrets out of whatever is printed about it.
    public Redactor redactor() {
        return redactor;
    }

    /// Runs to the verdict; returns also when interrupted, after teardown.
    ///
    /// @param listeners are told every event after the journal, with secrets in clear
    public RunResult execute(List<Journal> listeners) {
        long start = System.nanoTime();
        try (JournalWriter writer = JournalWriter.open(folder, redactor)) {
            Telling journal = new Telling(writer, listeners, control);
            journal.emit(started());
            try (Gateway gateway = new Gateway(journal)) {
                act(journal, gateway);
            }
            journal.emit(new Event.TeardownEnded(control.sinceTeardown()));
            journal.check();
            Verdict verdict = Judging.judge(plan(), told());
            journal.emit(new Event.VerdictReached(verdict.outcome().name(), verdict.exitCode(), verdict.reasons()));
            journal.emit(new Event.RunEnded(Duration.ofNanos(System.nanoTime() - start)));
            journal.check();
            return new RunResult(plan(), folder, told(), verdict);
        }
    }

    private Plan plan() {
        return request.plan().plan();
    }

    /// Returns the journal so far: what is asked for here was told by an event that is written out.
    private List<Entry> told() {
        return JournalReader.read(folder.journal()).entries();
    }

    private Event.RunStarted started() {
        return new Event.RunStarted(
                folder.id(),
                request.version(),
                request.plan().canonical(),
                request.plan().file().toString(),
                request.plan().digest(),
                plan().seed(),
                request.selection());
    }

    private void act(Journal journal, Gateway gateway) {
        Facts facts = new Facts(folder, plan().seed());
        Optional<String> lacking = Optional.empty();
        try {
            facts = new Facts(folder, plan().seed(), artifacts(journal));
        } catch (IOException | IntegrityException e) {
            lacking = Optional.of("the artifacts cannot be made: " + e.getMessage());
        }
        References references = new References(gateway, plan(), facts, secrets);
        try (Environment environment =
                lacking.map(reason -> unavailable(journal, reason)).orElseGet(() -> environment(journal, references))) {
            references.lead(environment::endpoint);
            // Closed first: what a fault holds must go on before it can end.
            try (Faults faults = new Faults(
                    request.plan(), folder, journal, environment, gateway, Needs.here(request.environment()))) {
                conduct(journal, environment, faults, references, facts);
            }
        }
    }

    /// Returns the environment, or one in which every service has failed if it cannot be had.
    private Environment environment(Journal journal, References references) {
        List<String> lacking = Needs.here(request.environment()).lacking(request.plan(), scope::has);
        if (!lacking.isEmpty()) {
            lacking.forEach(reason -> journal.emit(new Event.EnvironmentFailed(reason)));
            return new Unavailable(String.join("; ", lacking));
        }
        try {
            return new LocalEnvironment(request.plan(), folder, journal, redactor, references);
        } catch (EnvironmentException e) {
            return unavailable(journal, String.valueOf(e.getMessage()));
        }
    }

    private static Environment unavailable(Journal journal, String reason) {
        journal.emit(new Event.EnvironmentFailed(reason));
        return new Unavailable(reason);
    }

    /// Makes the plan's artifacts. An interrupt ends that; whoever runs next sees that the run is
    /// to stop.
    private Map<String, String> artifacts(Journal journal) throws IOException {
        try {
            control.enter();
            return new Artifacts(request.plan().directory().resolve(".verdict/artifacts"), folder.root(), journal)
                    .make(plan().artifacts().values());
        } catch (ClosedByInterruptException | InterruptedException e) {
            return Map.of();
        } finally {
            control.leave();
        }
    }

    private void conduct(Journal journal, Environment environment, Faults faults, References references, Facts facts) {
        Addresses addresses = references.addresses();
        RunningSystem system =
                new RunningSystem(plan(), request.plan().directory(), environment, faults, addresses, facts, secrets);
        ScenarioRunner runner = new ScenarioRunner(
                journal,
                system,
                new Blobs(folder.blobs(), redactor)::put,
                new ScenarioRunner.Options(
                        request.options().failFast(), request.options().repeat(), GRACE));
        try (Closing _ = answers(faults, journal)) {
            control.enter();
            environment.up();
            Conductor conductor = new Conductor(plan(), journal, Disturber.of(faults));
            PlannedActs acts = new PlannedActs(
                    journal,
                    request.plan().directory(),
                    plan().seed(),
                    folder.id(),
                    scenario -> reference -> references.resolve(scenario, reference),
                    environment.marks());
            Beside.Starter besides = new Beside.Starter(journal, acts, addresses::release);
            try (var _ = MetricWatch.start(plan().targets(), references::now, journal)) {
                new Phases(plan(), scope, journal, runner, conductor, besides, environment, this::told).run();
            }
            keep();
        } catch (EnvironmentException e) {
            journal.emit(new Event.EnvironmentFailed(String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            journal.emit(new Event.RunInterrupted(control.interrupted().orElse("interrupted")));
        } finally {
            control.leave();
        }
    }

    /// Is what has to be closed, and cannot fail to.
    private interface Closing extends AutoCloseable {
        @Override
        void close();
    }

    private Closing answers(Faults faults, Journal journal) {
        Optional<ControlSocket> socket =
                request.options().answers() ? ControlSocket.open(faults, folder, journal) : Optional.empty();
        return () -> socket.ifPresent(ControlSocket::close);
    }

    /// An interrupt while the system is only kept says that whoever looked at it is done.
    private void keep() {
        try {
            request.options().beforeTeardown().await();
        } catch (InterruptedException e) {
            control.leave();
        }
    }
}
