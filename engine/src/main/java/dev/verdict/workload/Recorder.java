package dev.verdict.workload;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Tells the journal of each operation, with its times.
final class Recorder {
    private final String scenario;
    private final Journal journal;
    private final boolean keyed;
    private final long start = System.nanoTime();
    private final AtomicLong count = new AtomicLong();

    /// @param keyed whether there are several things
    Recorder(String scenario, Journal journal, boolean keyed) {
        this.scenario = scenario;
        this.journal = journal;
        this.keyed = keyed;
    }

    /// Returns the time since the start, in nanoseconds.
    long now() {
        return System.nanoTime() - start;
    }

    long count() {
        return count.get();
    }

    /// Tells of an operation.
    ///
    /// @param called when it was asked
    /// @param returned when it was answered, or given up
    void record(long process, Chosen chosen, long called, long returned, Ended ended) {
        journal.emit(new Event.OperationEnded(
                scenario,
                process,
                chosen.function(),
                keyed ? Integer.toString(chosen.key()) : "",
                chosen.argument().isNull() ? "" : chosen.argument().toString(),
                ended.recorded(),
                ended.outcome(),
                ended.answer(),
                Duration.ofNanos(called),
                Duration.ofNanos(returned - called)));
        count.incrementAndGet();
    }
}
