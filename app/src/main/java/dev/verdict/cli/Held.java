package dev.verdict.cli;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Port;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.run.RunRequest;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Holds a system up until ctrl-C, unless a service failed, and prints where its services listen.
final class Held implements Journal, RunRequest.Pause {
    private final Terminal terminal;
    private final Plan plan;
    private final Map<String, Map<String, Integer>> ports = new LinkedHashMap<>();
    private boolean failed;

    /// @param plan says what the ports are called and where they lead
    Held(Terminal terminal, Plan plan) {
        this.terminal = terminal;
        this.plan = plan;
    }

    @Override
    public synchronized void emit(Event event) {
        switch (event) {
            case Event.ServiceStarting service -> ports.put(service.service(), new HashMap<>(service.ports()));
            case Event.ServiceStarted service ->
                ports.computeIfAbsent(service.service(), _ -> new HashMap<>()).putAll(service.ports());
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

    /// Prints a line for each port: where it is reached, and which of its container's ports it is.
    synchronized void print(PrintStream to) {
        for (Service service : plan.services().values()) {
            Map<String, Integer> numbers = ports.getOrDefault(service.name(), Map.of());
            for (Port port : service.ports().values()) {
                String address = service.runs() instanceof Runs.Existing existing
                        ? String.valueOf(existing.ports().get(port.name()))
                        : numbers.containsKey(port.name()) ? "127.0.0.1:" + numbers.get(port.name()) : "nowhere";
                String inside = port.container().isPresent()
                        ? "  → port " + port.container().getAsInt() + " of the container"
                        : "";
                if (ports.containsKey(service.name())) {
                    to.println("  %-24s %s%s".formatted(service.name() + "." + port.name(), address, inside));
                }
            }
        }
    }
}
