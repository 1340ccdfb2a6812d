package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Runs the scenarios of a run's suites, several at a time, and journals what they do.
public final class ScenarioRunner {
    private final SuiteRun.RunState state;

    /// Prepares a run.
    ///
    /// @param blobs keeps content and returns its SHA-256
    public ScenarioRunner(Journal journal, SystemUnderTest system, Function<byte[], String> blobs, Options options) {
        this.state = new SuiteRun.RunState(journal, system, blobs, options, new Exclusivity(), new Ending());
    }

    /// Says how scenarios run.
    ///
    /// @param failFast whether the first failed scenario ends the run
    /// @param repeat how often each scenario runs, at least once
    /// @param grace how long a step may go on after its interruption before it is left behind
    public record Options(boolean failFast, int repeat, Duration grace) {
        /// Runs everything once.
        public static final Options DEFAULT = new Options(false, 1, Duration.ofSeconds(5));

        public Options {
            if (repeat < 1) {
                throw new IllegalArgumentException("a scenario runs at least once, not " + repeat + " times");
            }
        }
    }

    /// Counts what was done with a suite's scenarios; each is in one place.
    ///
    /// @param ran those that were started
    /// @param failed of `ran`, with a step that failed
    /// @param blocked those that the environment kept from starting
    /// @param skipped those that were not started because the run was to end, and of `ran` those
    ///     that were ended by an assumption or an interruption
    public record Summary(int ran, int failed, int blocked, int skipped) {}

    /// Runs a suite and returns when every scenario has ended. Suites may run side by side.
    ///
    /// @param blocked asked before each scenario: why the environment cannot be used, if so
    /// @throws InterruptedException if the thread was interrupted; every scenario has ended by then
    /// @throws IllegalArgumentException if the suite has problems, with which it cannot run
    public Summary run(String phase, Discovered suite, Supplier<Optional<String>> blocked) throws InterruptedException {
        try (Opened opened = open(phase, suite)) {
            return opened.run(blocked);
        }
    }

    /// Is a suite that the journal knows of, until it is closed.
    public final class Opened implements AutoCloseable {
        private final String phase;
        private final Discovered suite;
        private final List<FoundScenario> scenarios;

        private Opened(String phase, Discovered suite, List<FoundScenario> scenarios) {
            this.phase = phase;
            this.suite = suite;
            this.scenarios = scenarios;
        }

        /// Runs the scenarios of the suite's features; see [ScenarioRunner#run].
        public Summary run(Supplier<Optional<String>> blocked) throws InterruptedException {
            return new SuiteRun(suite, scenarios, state, blocked).run();
        }

        /// Says why nothing more is to start, if so.
        public Optional<String> startingNoMore() {
            return state.ending().startingNoMore();
        }

        /// Tells the journal that the suite has ended.
        @Override
        public void close() {
            state.journal().emit(new Event.SuiteEnded(phase, suite.suite().name()));
        }
    }

    /// Journals what a suite contains, and that it starts.
    ///
    /// @throws IllegalArgumentException if the suite has problems, with which it cannot run
    public Opened open(String phase, Discovered suite) {
        if (!suite.problems().isEmpty()) {
            throw new IllegalArgumentException("a suite with problems cannot run: " + suite.problems());
        }
        return new Opened(phase, suite, found(phase, suite));
    }

    /// Journals a suite that cannot run: every scenario is found, and blocked for the same reason.
    public void block(String phase, Discovered suite, String reason) {
        found(phase, suite).forEach(scenario -> block(scenario.id(), reason));
        suite.beside().forEach(scenario -> block(scenario.id(), reason));
        state.journal().emit(new Event.SuiteEnded(phase, suite.suite().name()));
    }

    private void block(String scenario, String reason) {
        state.journal().emit(new Event.ScenarioBlocked(scenario, reason));
    }

    /// Ends the run early, from any thread: no further scenario starts, those that run are
    /// interrupted, and [#run] returns once each has ended.
    public void stop(String reason) {
        state.ending().interrupt(reason);
        state.exclusivity().changed();
    }

    /// Journals what was found and the start of the suite; returns every repetition to run.
    private List<FoundScenario> found(String phase, Discovered suite) {
        Journal journal = state.journal();
        suite.leftOut().forEach(left -> {
            journal.emit(left.scenario());
            journal.emit(new Event.ScenarioSkipped(left.scenario().id(), left.by()));
        });
        List<FoundScenario> scenarios = IntStream.rangeClosed(1, state.options().repeat())
                .boxed()
                .flatMap(n -> suite.selected().stream().map(scenario -> scenario.repetition(n)))
                .toList();
        scenarios.forEach(scenario -> journal.emit(scenario.event()));
        suite.beside().forEach(journal::emit);
        journal.emit(new Event.SuiteStarted(
                phase, suite.suite().name(), scenarios.size() + suite.beside().size()));
        return scenarios;
    }
}
