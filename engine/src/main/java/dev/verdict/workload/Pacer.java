package dev.verdict.workload;

import dev.verdict.plan.Workload;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Says when a client asks next. One that was held up does not hurry afterwards.
final class Pacer {
    private static final Duration REST = Duration.ofMillis(100);

    private final long interval;
    private long due;

    private Pacer(long interval, long first) {
        this.interval = interval;
        this.due = first;
    }

    /// Returns the pace of one client: they take turns, so that together they keep the rate.
    static Pacer of(Workload workload, int client) {
        long now = System.nanoTime();
        if (workload.rate().isEmpty()) {
            return new Pacer(0, now);
        }
        double all = TimeUnit.SECONDS.toNanos(1) / workload.rate().getAsDouble();
        return new Pacer((long) (all * workload.clients()), now + (long) (all * client));
    }

    /// Waits until it is time for the next operation, and tells whether that is before `until`, as
    /// `System.nanoTime` counts.
    boolean awaitNext(long until) throws InterruptedException {
        long next = Math.max(due, System.nanoTime());
        due = next + interval;
        TimeUnit.NANOSECONDS.sleep(Math.min(next, until) - System.nanoTime());
        return System.nanoTime() < until;
    }

    /// Waits a moment after an answer that did not come: what is down is not asked thousands of
    /// times a second.
    static void rest() throws InterruptedException {
        Thread.sleep(REST);
    }
}
