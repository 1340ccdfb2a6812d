package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.StepStatus;
import dev.verdict.journal.Journal;
import dev.verdict.scenario.ScenarioRunner.Summary;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Conducts the scenarios of one suite: starts each as soon as it may, watches its time, and sees
/// that it ends. Everything here happens on the thread that called it.
final class SuiteRun {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final Discovered suite;
    private final RunState state;
    private final Supplier<Optional<String>> blockedBy;
    private final Map<String, LooseStep> loose;
    private final RunningScenario.Surroundings surroundings;

    /// Keeps threads for the next scenario: in a container, starting and ending one for each took
    /// up to two milliseconds of the kernel's time.
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("scenario-", 1).factory());

    private final List<FoundScenario> pending;
    private final List<RunningScenario> running = new ArrayList<>();
    private final Deque<Lane> lanes = new ArrayDeque<>();
    private int ran;
    private int failed;
    private int blocked;
    private int skipped;
    private boolean threadInterrupted;

    /// Is what all suites of a run share.
    record RunState(
            Journal journal,
            SystemUnderTest system,
            Function<byte[], String> blobs,
            ScenarioRunner.Options options,
            Exclusivity exclusivity,
            Ending ending) {}

    SuiteRun(Discovered suite, List<FoundScenario> scenarios, RunState state, Supplier<Optional<String>> blockedBy) {
        this.suite = suite;
        this.state = state;
        this.blockedBy = blockedBy;
        this.pending = new ArrayList<>(scenarios);
        loose = suite.looseSteps().stream().collect(Collectors.toMap(LooseStep::text, step -> step));
        surroundings = new RunningScenario.Surroundings(
                state.journal(),
                state.system(),
                suite.glue().loader(),
                suite.suite().timeout(),
                threads);
    }

    /// Runs everything; after an interruption what runs is ended, and the rest is skipped.
    ///
    /// @throws InterruptedException if this thread was interrupted; everything has ended by then
    Summary run() throws InterruptedException {
        try {
            runAll();
        } finally {
            // Not `close`, which would wait for a thread that was left behind.
            threads.shutdown();
        }
        if (threadInterrupted) {
            throw new InterruptedException("the run was interrupted");
        }
        return new Summary(ran, failed, blocked, skipped);
    }

    private void runAll() {
        if (suite.glue().hasSuiteHooks() && !pending.isEmpty()) {
            runWithHooks();
        } else {
            runScenarios();
        }
    }

    private void runWithHooks() {
        SuiteHooks hooks = new SuiteHooks(new Lane(suite.glue(), suite.usedSteps()), surroundings);
        Optional<Throwable> failure = hooks.beforeAll();
        if (failure.isPresent()) {
            pending.forEach(scenario -> failToStart(scenario, failure.get()));
            pending.clear();
        }
        runScenarios();
        hooks.afterAll()
                .ifPresent(e -> state.journal()
                        .emit(new Event.HarnessFailed(
                                "scenario",
                                "@AfterAll of suite " + suite.suite().name() + ": " + UserStack.of(e))));
    }

    private void failToStart(FoundScenario scenario, Throwable failure) {
        StepRecorder recorder = new StepRecorder(scenario.id(), state.journal(), loose);
        state.journal().emit(new Event.ScenarioStarted(scenario.id()));
        recorder.failed("@BeforeAll", failure);
        state.journal().emit(new Event.ScenarioEnded(scenario.id(), Duration.ZERO));
        ran++;
        failed++;
    }

    private void runScenarios() {
        while (!pending.isEmpty() || !running.isEmpty()) {
            long seen = state.exclusivity().changes();
            reap();
            skipIfEnding();
            startWhatMay();
            watchTime();
            await(seen);
        }
    }

    private void reap() {
        for (RunningScenario one : running) {
            if (one.done()) {
                count(one);
                lanes.push(one.lane());
            }
        }
        running.removeIf(RunningScenario::done);
    }

    private void count(RunningScenario one) {
        ran++;
        if (one.failed()) {
            failed++;
            if (state.options().failFast()) {
                state.ending().startNoMore("--fail-fast: " + one.scenario().id() + " failed");
            }
        } else if (one.skipped()) {
            skipped++;
        }
    }

    private void skipIfEnding() {
        state.ending().startingNoMore().ifPresent(by -> {
            pending.forEach(scenario -> state.journal().emit(new Event.ScenarioSkipped(scenario.id(), by)));
            skipped += pending.size();
            pending.clear();
        });
        state.ending()
                .interrupted()
                .ifPresent(by -> running.forEach(one -> one.cut(
                        new StepRecorder.Cut(by, StepStatus.SKIPPED),
                        state.options().grace())));
    }

    private void startWhatMay() {
        Iterator<FoundScenario> scenarios = pending.iterator();
        while (scenarios.hasNext() && running.size() < suite.suite().workers()) {
            FoundScenario scenario = scenarios.next();
            if (state.exclusivity().enter(scenario)) {
                scenarios.remove();
                blockOrStart(scenario);
            }
        }
    }

    private void blockOrStart(FoundScenario scenario) {
        Optional<String> reason = blockedBy.get();
        if (reason.isPresent()) {
            blocked++;
            state.journal().emit(new Event.ScenarioBlocked(scenario.id(), reason.get()));
            state.exclusivity().leave(scenario);
        } else {
            RunningScenario started = start(scenario);
            running.add(started);
            started.start();
        }
    }

    private RunningScenario start(FoundScenario scenario) {
        Lane lane = lanes.isEmpty() ? new Lane(suite.glue(), suite.usedSteps()) : lanes.pop();
        StepRecorder recorder = new StepRecorder(scenario.id(), state.journal(), loose);
        JournaledEvidence evidence =
                new JournaledEvidence(scenario.id(), state.journal(), state.blobs(), recorder::step);
        return new RunningScenario(
                scenario,
                lane,
                surroundings,
                recorder,
                evidence,
                () -> state.exclusivity().leave(scenario));
    }

    private void watchTime() {
        Duration timeout = suite.suite().timeout();
        Duration grace = state.options().grace();
        for (RunningScenario one : List.copyOf(running)) {
            if (one.left() > 0 || one.done()) {
                continue;
            }
            if (one.wasCut()) {
                one.leaveBehind(grace);
                if (one.done()) {
                    count(one);
                    running.remove(one);
                }
            } else {
                String reason = "the scenario took longer than " + timeout.toMillis() / 1000.0
                        + " s, the suite's timeout; it was interrupted in this step";
                one.cut(new StepRecorder.Cut(reason, StepStatus.FAILED), grace);
            }
        }
    }

    private void await(long seen) {
        long nanos = running.stream().mapToLong(RunningScenario::left).min().orElse(LONG);
        if (pending.isEmpty() && running.isEmpty()) {
            return;
        }
        try {
            state.exclusivity().await(seen, Math.clamp(nanos, 1, LONG));
        } catch (InterruptedException e) {
            // Thrown again once every scenario has ended.
            threadInterrupted = true;
            state.ending().interrupt("interrupted");
        }
    }
}
