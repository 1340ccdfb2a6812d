package dev.verdict.consistency;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// Limits a check in time and memory, stops it from outside, and shows how far it is. Safe for use
/// by several threads. Checkers ask [#spent] every few thousand steps; once it says a reason they
/// answer at once with the best they know.
public final class Budget {
    private final LongSupplier nanos;
    private final long start;
    private final long limitNanos;
    private final long limitBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private final AtomicReference<Optional<String>> stopped = new AtomicReference<>(Optional.empty());

    private Budget(LongSupplier nanos, long limitNanos, long limitBytes) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.limitNanos = limitNanos;
        this.limitBytes = limitBytes;
    }

    /// Returns a budget that only [#stop] ends.
    public static Budget unlimited() {
        return new Budget(System::nanoTime, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /// Returns a budget of this much time from now, and of this many bytes for what a search keeps.
    public static Budget of(Duration limit, long limitBytes) {
        return of(limit, limitBytes, System::nanoTime);
    }

    /// Returns a budget by another clock.
    public static Budget of(Duration limit, long limitBytes, LongSupplier nanos) {
        return new Budget(nanos, limit.toNanos(), limitBytes);
    }

    /// Returns why the check must end now; empty while it may go on. A thread that was interrupted
    /// must end.
    public Optional<String> spent() {
        Optional<String> reason = stopped.get();
        if (reason.isEmpty() && Thread.currentThread().isInterrupted()) {
            stop("interrupted");
            reason = stopped.get();
        }
        if (reason.isEmpty() && nanos.getAsLong() - start > limitNanos) {
            stop("the time limit of %s was reached".formatted(text(Duration.ofNanos(limitNanos))));
            reason = stopped.get();
        }
        return reason;
    }

    /// Takes bytes for what a search keeps, or gives them back if negative; beyond the limit the
    /// budget is spent.
    public void take(long count) {
        if (bytes.addAndGet(count) > limitBytes) {
            stop("the memory limit of %d MiB was reached".formatted(limitBytes >> 20));
        }
    }

    /// Ends the check; the first reason counts.
    public void stop(String reason) {
        stopped.compareAndSet(Optional.empty(), Optional.of(reason));
    }

    /// Says how much there is to do.
    public void total(long count) {
        total.set(count);
    }

    /// Says that so much more is done.
    public void advance(long count) {
        done.addAndGet(count);
    }

    /// Returns how much is done, from 0 to 1.
    public double progress() {
        long all = total.get();
        return all == 0 ? 0 : Math.min(1, (double) done.get() / all);
    }

    private static String text(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
