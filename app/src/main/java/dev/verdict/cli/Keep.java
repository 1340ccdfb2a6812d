package dev.verdict.cli;

import dev.verdict.run.RunRequest;
import java.util.concurrent.CountDownLatch;

/// Keeps a system up after its scenarios, for whoever wants to look at it: until ctrl-C.
final class Keep implements RunRequest.Pause {
    private final boolean wanted;
    private final Terminal terminal;

    Keep(boolean wanted, Terminal terminal) {
        this.wanted = wanted;
        this.terminal = terminal;
    }

    @Override
    public void await() throws InterruptedException {
        if (wanted) {
            terminal.err().println("The system is kept up; ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
    }
}
