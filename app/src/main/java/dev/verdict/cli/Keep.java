package dev.verdict.cli;

import dev.verdict.run.RunRequest;
import java.util.concurrent.CountDownLatch;

/// Keeps a system up after its scenarios, for whoever wants to look at it: until ctrl-C.
final class Keep implements RunRequest.Pause {
    private final boolean wanted;
    private final Terminal terminal;
    private final Held held;

    /// @param held knows where the services listen
    Keep(boolean wanted, Terminal terminal, Held held) {
        this.wanted = wanted;
        this.terminal = terminal;
        this.held = held;
    }

    @Override
    public void await() throws InterruptedException {
        if (wanted) {
            if (terminal.live()) {
                // Leaves the line that progress rewrites.
                terminal.out().println();
            }
            held.print(terminal.err());
            terminal.err().println("The system is kept up; ctrl-C ends it.");
            new CountDownLatch(1).await();
        }
    }
}
