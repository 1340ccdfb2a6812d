package dev.verdict.cli;

import dev.verdict.consistency.Budget;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Shows on a terminal how far a long check is.
final class CheckProgress implements AutoCloseable {
    private static final long PERIOD_MILLIS = 250;

    private final StatusLine status;
    private final Budget budget;
    private final int operations;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private final long start = System.nanoTime();

    CheckProgress(Terminal terminal, Budget budget, int operations) {
        this.status = new StatusLine(terminal);
        this.budget = budget;
        this.operations = operations;
        this.thread = Thread.ofVirtual().name("progress").unstarted(this::show);
    }

    void start() {
        thread.start();
    }

    private void show() {
        try {
            while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                status.show("checking %d operations: %d %%, %d s"
                        .formatted(
                                operations,
                                Math.round(100 * budget.progress()),
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)));
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
