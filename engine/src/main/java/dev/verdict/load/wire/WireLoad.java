package dev.verdict.load.wire;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Is what the loops of one load share: where requests go, when it starts, and when it ends.
final class WireLoad {
    private final HttpLoad spec;
    private final Origins origins;
    private final Variables variables;
    private final AtomicLong errors = new AtomicLong();
    private final CountDownLatch started = new CountDownLatch(1);
    private @Nullable SSLContext tls;
    private volatile long start;
    private volatile long stoppedAt = Long.MAX_VALUE;
    private volatile @Nullable String why;

    WireLoad(HttpLoad spec, Origins origins) {
        this.spec = spec;
        this.origins = origins;
        this.variables = Variables.of(spec.requests(), spec.feeds());
    }

    HttpLoad spec() {
        return spec;
    }

    Origins origins() {
        return origins;
    }

    Variables variables() {
        return variables;
    }

    /// Starts the clock for all loops.
    void start(long now) {
        start = now;
        started.countDown();
    }

    long awaitStart() throws InterruptedException {
        started.await();
        return start;
    }

    /// Ends it now, unless it has ended before.
    synchronized void stop(String reason) {
        if (why == null) {
            why = reason;
            stoppedAt = System.nanoTime();
        }
    }

    /// Returns why it ended early, if it did.
    @Nullable
    String stopped() {
        return why;
    }

    /// Returns when it ends, as of [System#nanoTime].
    ///
    /// @param from its start
    long end(long from) {
        long planned = from + Math.min(spec.pace().duration().toNanos(), Long.MAX_VALUE / 4);
        return why != null && stoppedAt - planned < 0 ? Math.max(from, stoppedAt) : planned;
    }

    void countError() {
        if (errors.incrementAndGet() == spec.tuning().maxErrors()) {
            stop("%d errors".formatted(spec.tuning().maxErrors()));
        }
    }

    synchronized SSLContext tls() {
        if (tls == null) {
            tls = spec.tuning().trust().context();
        }
        return tls;
    }
}
