package dev.verdict.workload;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.util.ArrayList;
import java.util.List;

/// Is several clients at work, a thread each. One that breaks makes the run worth less, and says
/// so.
final class Crew {
    private final String scenario;
    private final Journal journal;
    private final List<Thread> threads = new ArrayList<>();

    Crew(String scenario, Journal journal) {
        this.scenario = scenario;
        this.journal = journal;
    }

    /// Is what a client does.
    interface Work {
        void run() throws InterruptedException;
    }

    void start(String name, Work work) {
        threads.add(Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                // The run ends; what was under way has been recorded.
                return;
            } catch (RuntimeException | Error e) {
                journal.emit(new Event.HarnessFailed("workload", scenario + ": " + name + " broke: " + e));
            }
        }));
    }

    /// Waits until all have ended.
    ///
    /// @throws InterruptedException if this thread was interrupted; all have ended by then
    void join() throws InterruptedException {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            threads.forEach(Thread::interrupt);
            for (Thread thread : threads) {
                thread.join();
            }
            throw e;
        }
    }
}
