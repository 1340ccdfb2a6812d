package dev.verdict.run;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Suite;
import dev.verdict.plan.Workload;
import dev.verdict.workload.WorkloadRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// Runs what a suite has beside its features, a thread each, from the suite's start on.
final class Beside {
    private final Journal journal;
    private final List<Running> running = new ArrayList<>();

    private Beside(Journal journal) {
        this.journal = journal;
    }

    /// Starts what stands beside features.
    ///
    /// @param settings makes what a workload runs in, of its scenario's id
    /// @param release gives back a scenario's addresses
    record Starter(Journal journal, Function<String, WorkloadRun.Setting> settings, Release release) {
        /// @param found what was selected
        /// @param unusable why it cannot run, if so
        Beside start(Suite suite, List<Event.ScenarioFound> found, Supplier<Optional<String>> unusable) {
            Beside beside = new Beside(journal);
            for (Event.ScenarioFound scenario : found) {
                Optional<String> reason = unusable.get();
                if (reason.isPresent()) {
                    journal.emit(new Event.ScenarioBlocked(scenario.id(), reason.get()));
                } else {
                    beside.start(scenario.id(), suite.workload().orElseThrow(), this);
                }
            }
            return beside;
        }
    }

    /// Gives back what a scenario has of its own.
    interface Release {
        void of(String scenario);
    }

    private record Running(String id, long start, WorkloadRun workload, Thread thread, Release release) {}

    private void start(String id, Workload workload, Starter starter) {
        long start = System.nanoTime();
        journal.emit(new Event.ScenarioStarted(id));
        WorkloadRun run = new WorkloadRun(id, workload, starter.settings().apply(id), journal);
        Thread thread = Thread.ofVirtual().name(id).start(() -> {
            try {
                run.act();
            } catch (InterruptedException e) {
                // The run is interrupted: the journal says so, and that this did not end.
                return;
            }
        });
        running.add(new Running(id, start, run, thread, starter.release()));
    }

    /// Waits until all have done their work.
    void await() throws InterruptedException {
        for (Running one : running) {
            one.thread().join();
        }
    }

    /// Interrupts all, and waits until none acts any more.
    void abandon() {
        running.forEach(one -> one.thread().interrupt());
        boolean interrupted = false;
        for (Running one : running) {
            while (one.thread().isAlive()) {
                try {
                    one.thread().join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            one.release().of(one.id());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets all come to their end, now that no fault acts any more.
    void settle() throws InterruptedException {
        for (Running one : running) {
            try {
                one.workload().settle();
            } finally {
                one.release().of(one.id());
            }
            journal.emit(new Event.ScenarioEnded(one.id(), Duration.ofNanos(System.nanoTime() - one.start())));
        }
    }
}
