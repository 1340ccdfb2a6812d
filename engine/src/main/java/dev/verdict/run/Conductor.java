package dev.verdict.run;

import dev.verdict.fault.FaultException;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.FaultSchedule;
import dev.verdict.plan.Plan;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Plays a suite's schedule of faults while the suite runs, and ends it with the suite.
final class Conductor {
    private final Plan plan;
    private final Journal journal;
    private final Disturber faults;

    Conductor(Plan plan, Journal journal, Disturber faults) {
        this.plan = plan;
        this.journal = journal;
        this.faults = faults;
    }

    /// Journals the suite's schedule and begins to play it: its times count from now.
    Playing play(Suite suite) {
        Map<String, ScheduledFault> planned = new LinkedHashMap<>();
        for (ScheduledFault fault : FaultSchedule.of(plan, suite)) {
            planned.put("schedule/%s#%d".formatted(suite.name(), planned.size() + 1), fault);
        }
        planned.forEach((by, fault) ->
                journal.emit(new Event.FaultPlanned(by, suite.name(), fault.source(), fault.at(), fault.lasting())));
        return new Playing(planned);
    }

    /// Is a schedule that is being played, one thread a fault, so that none waits for another.
    final class Playing implements AutoCloseable {
        private final long start = System.nanoTime();
        private final CountDownLatch ended = new CountDownLatch(1);
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean abandoned;

        private Playing(Map<String, ScheduledFault> planned) {
            planned.forEach(
                    (by, fault) -> threads.add(Thread.ofVirtual().name(by).start(() -> act(by, fault))));
        }

        private void act(String by, ScheduledFault fault) {
            try {
                if (ended(fault.at().minusNanos(System.nanoTime() - start))) {
                    journal.emit(new Event.FaultLeftOut(by, "the suite ended before"));
                    return;
                }
                Optional<String> id = inject(by, fault);
                if (id.isPresent()) {
                    undo(id.get(), fault.lasting());
                }
            } catch (InterruptedException e) {
                // The run is interrupted: what still acts is undone with the environment's end.
                return;
            }
        }

        /// Waits, and tells whether the suite ended before.
        private boolean ended(Duration time) throws InterruptedException {
            return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        private Optional<String> inject(String by, ScheduledFault fault) throws InterruptedException {
            try {
                return Optional.of(faults.inject(fault.fault(), fault.target(), by));
            } catch (RuntimeException e) {
                journal.emit(new Event.FaultLeftOut(by, String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        private void undo(String id, Optional<Duration> lasting) throws InterruptedException {
            if (lasting.isPresent()) {
                ended(lasting.get());
            } else {
                ended.await();
            }
            if (abandoned) {
                return;
            }
            try {
                faults.undo(id);
            } catch (FaultException e) {
                // Journaled where it happened, and tried again at the end of the run.
                return;
            } catch (RuntimeException e) {
                journal.emit(new Event.HarnessFailed("run", "fault " + id + " cannot be undone: " + e.getMessage()));
            }
        }

        /// Undoes what still acts and waits for that, unless the schedule was abandoned.
        @Override
        public void close() {
            ended.countDown();
            try {
                for (Thread thread : threads) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                abandon();
                Thread.currentThread().interrupt();
            }
        }

        /// Stops without undoing anything, as the run is interrupted: the faults then end with the
        /// environment, and nothing is started again only to be ended.
        void abandon() {
            abandoned = true;
            threads.forEach(Thread::interrupt);
        }
    }
}
