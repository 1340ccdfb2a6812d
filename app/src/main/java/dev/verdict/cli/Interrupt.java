package dev.verdict.cli;

import dev.verdict.run.RunControl;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/// Turns ctrl-C and TERM into an orderly end: the run tears down, then the JVM ends.
final class Interrupt implements AutoCloseable {
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile int exitCode = Exit.INTERRUPTED;

    Interrupt(RunControl control, PrintStream err) {
        this(() -> {
            err.println("\nInterrupted: tearing down. (After kill -9, `verdict recover` cleans up.)");
            control.interrupt("interrupted by a signal");
        });
    }

    /// Asks for an orderly end, whatever that is.
    Interrupt(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            awaitQuietly();
            // It has waited for an orderly end already.
            Ending.halt(exitCode);
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Says how the JVM is to end if the signal comes, or came, before [#close].
    void exitCode(int code) {
        exitCode = code;
    }

    /// Says that the run is over; an end of the JVM from now on is its ordinary one.
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending because of the signal; its hook waits for the latch below.
        }
        finished.countDown();
    }

    private void awaitQuietly() {
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
