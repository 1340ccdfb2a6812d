package dev.verdict.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets another thread ask a run to stop: what acts is interrupted, and teardown follows.
public final class RunControl {
    private @Nullable Thread acting;
    private @Nullable String reason;
    private long teardownStart = System.nanoTime();

    /// Asks the run to stop; asking again changes nothing.
    public synchronized void interrupt(String why) {
        if (reason != null) {
            return;
        }
        reason = why;
        if (acting != null) {
            acting.interrupt();
        }
    }

    /// Returns why the run was asked to stop.
    public synchronized Optional<String> interrupted() {
        return Optional.ofNullable(reason);
    }

    synchronized void enter() throws InterruptedException {
        if (reason != null) {
            throw new InterruptedException(reason);
        }
        acting = Thread.currentThread();
    }

    /// Ends what may be interrupted: teardown must not be, so a late interrupt is cleared.
    @SuppressWarnings("unused")
    synchronized void leave() {
        acting = null;
        teardownStart = System.nanoTime();
        boolean cleared = Thread.interrupted();
    }

    synchronized Duration sinceTeardown() {
        return Duration.ofNanos(System.nanoTime() - teardownStart);
    }
}
