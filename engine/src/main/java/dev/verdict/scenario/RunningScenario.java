package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/// Runs one scenario on a thread that nobody else uses meanwhile, and that is left behind if it
/// does not come back.
///
/// It is a platform thread: a step that spins for ever would take a processor from all virtual
/// ones.
final class RunningScenario {
    private final FoundScenario scenario;
    private final Lane lane;
    private final Journal journal;
    private final SystemUnderTest system;
    private final StepRecorder recorder;
    private final JournaledEvidence evidence;
    private final World world;
    private final Runnable whenDone;
    private final Surroundings surroundings;
    private final long startedAt = System.nanoTime();
    private volatile boolean done;
    private long deadline;
    private boolean cut;

    /// Is what every scenario of a suite gets.
    record Surroundings(
            Journal journal, SystemUnderTest system, ClassLoader loader, Duration timeout, Executor threads) {}

    RunningScenario(
            FoundScenario scenario,
            Lane lane,
            Surroundings surroundings,
            StepRecorder recorder,
            JournaledEvidence evidence,
            Runnable whenDone) {
        this.scenario = scenario;
        this.lane = lane;
        this.journal = surroundings.journal();
        this.system = surroundings.system();
        this.recorder = recorder;
        this.evidence = evidence;
        this.world = new World(evidence, system);
        this.whenDone = whenDone;
        this.deadline = startedAt + surroundings.timeout().toNanos();
        this.surroundings = surroundings;
    }

    void start() {
        surroundings.threads().execute(this::runHere);
    }

    FoundScenario scenario() {
        return scenario;
    }

    Lane lane() {
        return lane;
    }

    boolean done() {
        return done;
    }

    boolean failed() {
        return recorder.failed();
    }

    boolean skipped() {
        return recorder.skippedBy().isPresent();
    }

    /// Returns the nanoseconds until something must be done about it.
    long left() {
        return deadline - System.nanoTime();
    }

    boolean wasCut() {
        return cut;
    }

    /// Interrupts the scenario; its steps then have the grace to end.
    void cut(StepRecorder.Cut by, Duration grace) {
        if (!cut) {
            cut = true;
            deadline = System.nanoTime() + grace.toNanos();
            recorder.cut(by);
        }
    }

    /// Ends the scenario without its thread. What the steps opened is closed on a thread that
    /// nobody waits for, since whatever holds the scenario may hold that, too.
    void leaveBehind(Duration grace) {
        boolean mine = recorder.leaveBehind(
                "its code ignored the interruption for " + grace.toSeconds() + " s and was left behind");
        if (mine) {
            evidence.close();
            Thread.ofPlatform().daemon().name(scenario.id() + " (left behind)").start(world::close);
            end();
        }
    }

    /// Lends the thread the scenario's name and class path.
    private void runHere() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName(scenario.id());
        thread.setContextClassLoader(surroundings.loader());
        try {
            run();
        } finally {
            thread.setContextClassLoader(null);
            thread.setName(name);
        }
    }

    private void run() {
        try {
            recorder.runsOn(Thread.currentThread());
            journal.emit(new Event.ScenarioStarted(scenario.id()));
            lane.run(scenario, world, recorder, evidence);
        } catch (Throwable e) {
            // Whatever it is, an OutOfMemoryError too, the scenario failed with it and must end.
            recorder.failed("running the scenario", e);
        } finally {
            finish();
        }
    }

    private void finish() {
        List<Exception> failures = world.close();
        failures.forEach(failure -> recorder.failed("closing what the steps opened", failure));
        if (recorder.end()) {
            evidence.close();
            end();
        }
    }

    private void end() {
        try {
            release();
            recorder.skippedBy().ifPresent(by -> journal.emit(new Event.ScenarioSkipped(scenario.id(), by)));
            journal.emit(new Event.ScenarioEnded(scenario.id(), Duration.ofNanos(System.nanoTime() - startedAt)));
        } finally {
            done = true;
            whenDone.run();
        }
    }

    private void release() {
        try {
            system.release(scenario.id());
        } catch (RuntimeException e) {
            journal.emit(new Event.HarnessFailed("scenario", "releasing " + scenario.id() + ": " + e));
        }
    }
}
