package dev.verdict.cli;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.run.RunRequest;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Holds a system up until ctrl-C, unless a service failed, and prints where its services listen.
final class Held implements Journal, RunRequest.Pause {
    private final Terminal terminal;
    private final Map<String, Map<String, Integer>> ports = new LinkedHashMap<>();
    private boolean failed;

    Held(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void emit(Event event) {
        switch (event) {
            case Event.ServiceStarting service -> ports.put(service.service(), service.ports());
            case Event.ServiceFailed _ -> failed = true;
            case Event.EnvironmentFailed _ -> failed = true;
            default -> {}
        }
    }

    @Override
    public void await() throws InterruptedException {
        if (failed()) {
            return;
        }
        print(terminal.out());
        terminal.out().println("The system is up; ctrl-C, or `verdict down`, ends it.");
        terminal.out().flush();
        new CountDownLatch(1).await();
    }

    synchronized boolean failed() {
        return failed;
    }

    synchronized void print(PrintStream to) {
        ports.forEach((service, numbers) -> numbers.forEach(
                (port, number) -> to.println("  %-24s 127.0.0.1:%d".formatted(service + "." + port, number))));
    }
}
