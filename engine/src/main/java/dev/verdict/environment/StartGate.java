package dev.verdict.environment;

import org.jspecify.annotations.Nullable;

/// Lets a start in until the system is taken down, which interrupts one that is under way.
final class StartGate {
    private @Nullable Thread starter;
    private boolean closed;

    synchronized void enter() throws InterruptedException {
        if (closed) {
            throw new InterruptedException("the environment is being taken down");
        }
        starter = Thread.currentThread();
    }

    synchronized void leave() {
        starter = null;
    }

    synchronized void close() {
        closed = true;
        if (starter != null) {
            starter.interrupt();
        }
    }
}
