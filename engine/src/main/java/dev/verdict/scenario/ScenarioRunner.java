package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs the scenarios of a run's suites.
@SuppressWarnings("DoNotCallSuggester") // until `run` and `stop` are there
public final class ScenarioRunner {
    private final Journal journal;
    private final SystemUnderTest system;
    private final Function<byte[], String> blobs;
    private final Options options;

    /// Prepares a run.
    ///
    /// @param blobs keeps content and returns its SHA-256
    public ScenarioRunner(Journal journal, SystemUnderTest system, Function<byte[], String> blobs, Options options) {
        this.journal = journal;
        this.system = system;
        this.blobs = blobs;
        this.options = options;
    }

    /// Says how scenarios run.
    ///
    /// @param failFast whether the first failed scenario ends the run
    /// @param repeat how often each scenario runs, at least once
    /// @param grace how long a step may go on after its interruption before it is left behind
    public record Options(boolean failFast, int repeat, Duration grace) {
        /// Runs everything once.
        public static final Options DEFAULT = new Options(false, 1, Duration.ofSeconds(5));
    }

    /// Counts what was done with a suite's scenarios.
    ///
    /// @param failed of those that ran, with a step that failed
    public record Summary(int ran, int failed, int blocked, int skipped) {}

    /// Runs a suite and returns when every scenario has ended. Suites may run side by side.
    ///
    /// @param blocked asked before each scenario: why the environment cannot be used, if so
    /// @throws InterruptedException if the thread was interrupted; every scenario has ended by then
    public Summary run(String phase, Discovered discovered, Supplier<Optional<String>> blocked)
            throws InterruptedException {
        throw new UnsupportedOperationException(
                "not yet: " + journal + system + blobs + options + phase + discovered + blocked);
    }

    /// Journals a suite that cannot run: every scenario is found, and blocked for the same reason.
    public void block(String phase, Discovered discovered, String reason) {
        announce(discovered);
        int count = discovered.selected().size();
        journal.emit(new Event.SuiteStarted(phase, discovered.suite().name(), count));
        discovered.selected().forEach(scenario -> journal.emit(new Event.ScenarioBlocked(scenario.id(), reason)));
        journal.emit(new Event.SuiteEnded(phase, discovered.suite().name()));
    }

    /// Ends the run early, from any thread: no further scenario starts, those that run are
    /// interrupted, and [#run] returns once each has ended.
    public void stop(String reason) {
        throw new UnsupportedOperationException(reason);
    }

    private void announce(Discovered discovered) {
        discovered.selected().forEach(scenario -> journal.emit(scenario.event()));
        discovered.leftOut().forEach(left -> {
            journal.emit(left.scenario().event());
            journal.emit(new Event.ScenarioSkipped(left.scenario().id(), left.by()));
        });
    }
}
