package dev.verdict.load.wire;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Wakes a selector at a time that is no whole millisecond away, which a selector cannot do itself.
final class Alarm implements AutoCloseable {
    /// Is about how much later than asked for a thread wakes up on Linux.
    static final long SLACK = 60_000;

    private static final long NEVER = Long.MAX_VALUE;
    private static final long LONG_REST = 1_000_000_000;

    private final Selector selector;
    private final Thread thread;
    private final AtomicLong at = new AtomicLong(NEVER);
    private volatile boolean closed;

    Alarm(Selector selector, String name) {
        this.selector = selector;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /// Sets the time, as of [System#nanoTime]; a new one takes the place of the last.
    void set(long time) {
        at.set(time);
        LockSupport.unpark(thread);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            long time = at.get();
            long left = time == NEVER ? LONG_REST : time - System.nanoTime() - SLACK;
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (at.compareAndSet(time, NEVER)) {
                selector.wakeup();
            }
        }
    }
}
