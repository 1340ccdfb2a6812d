package dev.verdict.run;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Runs what a suite has beside its features, loads and a workload, a thread each, from the suite's
/// start on.
final class Beside {
    private final Journal journal;
    private final List<Running> running = new ArrayList<>();

    private Beside(Journal journal) {
        this.journal = journal;
    }

    /// Is something that runs beside features, and is a scenario of its own.
    interface Act {
        /// Does its work, while faults act.
        void run() throws InterruptedException;

        /// Comes to its end, when no fault acts any more.
        void settle() throws InterruptedException;
    }

    /// Makes the act of a scenario, and tells the journal that it begins.
    interface Acts {
        /// Makes the act of one scenario.
        ///
        /// @param classes those of the suite
        Act of(Suite suite, String scenario, ClassLoader classes);
    }

    /// Starts what stands beside features.
    ///
    /// @param release gives back what a scenario has of its own
    record Starter(Journal journal, Acts acts, Consumer<String> release) {
        /// Starts all that was selected.
        ///
        /// @param found what the suite contains
        /// @param unusable why it cannot run, if so
        Beside start(Suite suite, Discovered found, Supplier<Optional<String>> unusable) {
            Beside beside = new Beside(journal);
            for (Event.ScenarioFound scenario : found.beside()) {
                Optional<String> reason = unusable.get();
                if (reason.isPresent()) {
                    journal.emit(new Event.ScenarioBlocked(scenario.id(), reason.get()));
                } else {
                    beside.start(suite, scenario.id(), found.loader(), this);
                }
            }
            return beside;
        }
    }

    private record Running(String id, long start, Act act, Thread thread, Consumer<String> release) {}

    private void start(Suite suite, String id, ClassLoader classes, Starter starter) {
        long start = System.nanoTime();
        journal.emit(new Event.ScenarioStarted(id));
        Act act = starter.acts().of(suite, id, classes);
        Thread thread = Thread.ofVirtual().name(id).start(() -> {
            try {
                act.run();
            } catch (InterruptedException e) {
                // The run is interrupted: the journal says so, and that this did not end.
                return;
            } catch (RuntimeException e) {
                journal.emit(new Event.HarnessFailed("run", id + " broke: " + e));
            }
        });
        running.add(new Running(id, start, act, thread, starter.release()));
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
            one.release().accept(one.id());
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets all come to their end, now that no fault acts any more.
    void settle() throws InterruptedException {
        for (Running one : running) {
            try {
                one.act().settle();
            } finally {
                one.release().accept(one.id());
            }
            journal.emit(new Event.ScenarioEnded(one.id(), Duration.ofNanos(System.nanoTime() - one.start())));
        }
    }
}
