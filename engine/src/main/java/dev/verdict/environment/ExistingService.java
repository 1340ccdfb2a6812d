package dev.verdict.environment;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Is a service that ran before: Verdict waits until it answers, and changes nothing about it.
final class ExistingService implements Body {
    private final Service service;
    private final Surroundings run;
    private final StartGate gate = new StartGate();
    private volatile State state = new State.Pending();

    ExistingService(Service service, Surroundings run) {
        this.service = service;
        this.run = run;
    }

    @Override
    public Service service() {
        return service;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public int starts() {
        return 0;
    }

    @Override
    public Place place() {
        return new Place.Elsewhere();
    }

    @Override
    public Duration start() throws InterruptedException {
        if (state instanceof State.Ready) {
            throw refused("started");
        }
        gate.enter();
        try {
            state = new State.Starting();
            run.journal().emit(new Event.ServiceStarting(service.name(), List.of(), Map.of()));
            List<Endpoint> endpoints = service.ports().keySet().stream()
                    .map(port -> run.endpoint(service.name(), port))
                    .toList();
            Unending life = new Unending(System.nanoTime());
            TcpProbe probe = new TcpProbe(endpoints);
            Optional<ReadyWait.Missed> missed = new ReadyWait(service, life, () -> "").await(probe, name -> {
                run.journal().emit(new Event.ServiceReady(service.name(), name, life.age()));
                state = new State.Ready();
                return true;
            });
            if (missed.isPresent()) {
                throw fail(missed.get().reason(), missed.get().probe(), OptionalInt.empty());
            }
            return life.age();
        } finally {
            gate.leave();
        }
    }

    @Override
    public EnvironmentException fail(String reason, String probe, OptionalInt exitCode) {
        state = new State.Failed(reason);
        run.journal().emit(new Event.ServiceFailed(service.name(), reason, probe, exitCode, List.of()));
        return new EnvironmentException("service %s: %s".formatted(service.name(), reason));
    }

    private EnvironmentException refused(String what) {
        return new EnvironmentException(
                "service %s ran before this run, so it cannot be %s".formatted(service.name(), what));
    }

    /// Ends nothing at teardown; in the middle of a run, to ask for it is a mistake.
    @Override
    public List<Proc> stop(String reason) {
        if (!reason.equals(Teardown.REASON)) {
            throw refused("stopped");
        }
        return List.of();
    }

    @Override
    public void signal(String name, String reason) {
        throw refused("sent " + name);
    }

    @Override
    public void pause(String reason) {
        throw refused("paused");
    }

    @Override
    public void resume(String reason) {
        throw refused("resumed");
    }

    @Override
    public void expect(String signal, String reason) {
        throw refused("ended by " + signal);
    }

    @Override
    public List<Proc> leftovers() {
        return List.of();
    }

    @Override
    public void refuseStarts() {
        gate.close();
    }

    @Override
    public void close() {}

    /// Is a life whose begin and end are not known.
    private record Unending(long since, CompletableFuture<Integer> died) implements Lived {
        Unending(long since) {
            this(since, new CompletableFuture<>());
        }

        @Override
        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        @Override
        public boolean endsWithin(Duration limit) throws InterruptedException {
            try {
                died.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("nobody tells of its end", e);
            }
        }

        @Override
        public void awaitTold(Duration limit) {}
    }
}
