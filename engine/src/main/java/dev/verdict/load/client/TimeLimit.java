package dev.verdict.load.client;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Interrupts the thread that made it when its time is over, unless it was closed before.
final class TimeLimit {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final Thread thread = Thread.currentThread();
    private final ScheduledFuture<?> coming;
    private boolean closed;
    private boolean over;

    TimeLimit(Duration time) {
        coming = TIMER.schedule(this::interrupt, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Returns whether the time was over; if so, the interrupt is taken back.
    synchronized boolean close() {
        closed = true;
        boolean _ = coming.cancel(false);
        if (over) {
            // Whoever was interrupted may have taken it back before.
            boolean _ = Thread.interrupted();
        }
        return over;
    }

    private synchronized void interrupt() {
        if (!closed) {
            over = true;
            thread.interrupt();
        }
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("verdict-load-limits").factory());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
