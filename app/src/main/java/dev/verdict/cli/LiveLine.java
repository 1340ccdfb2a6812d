package dev.verdict.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Shows on a terminal, in one line, how far something long is, until it is closed.
final class LiveLine implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final StatusLine status;
    private final Supplier<String> text;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    LiveLine(Terminal terminal, Supplier<String> text) {
        this.status = new StatusLine(terminal);
        this.text = text;
        this.thread = Thread.ofVirtual().name("progress").start(this::show);
    }

    private void show() {
        try {
            while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                status.show(text.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        status.clear();
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
