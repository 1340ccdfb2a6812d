package dev.verdict.environment;

import dev.verdict.environment.Environment.State;
import dev.verdict.environment.docker.ContainerChange;
import dev.verdict.environment.docker.ContainerRecord;
import dev.verdict.environment.docker.WatchedContainer;
import dev.verdict.journal.Event;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.Port;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Is a service in a container, or in several alike.
final class ContainerService implements Body {
    private static final int LAST_LINES = 20;
    private static final Duration STARTED = Duration.ofSeconds(10);

    private final Service service;
    private final Surroundings run;
    private final ContainerSystem system;
    private final Replicas replicas;
    private final ServiceLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final StartGate gate = new StartGate();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile State state = new State.Pending();
    private volatile ContainerLife life = new ContainerLife(1);
    private volatile Set<String> byEngine = Set.of();
    private boolean asked;

    ContainerService(Service service, Surroundings run, ContainerSystem system) {
        this.service = service;
        this.run = run;
        this.system = system;
        this.replicas = new Replicas(service.name(), run.journal(), system);
        this.log = run.log(service.name());
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
        return starts.get();
    }

    ServiceLog log() {
        return log;
    }

    @Override
    public Place place() {
        return replicas.place();
    }

    Optional<Net> net() throws InterruptedException {
        return replicas.net();
    }

    // Start

    /// Prepares the first life before the engine is asked for it: its events may come at once.
    void expectContainers(int replicas) {
        life = new ContainerLife(replicas);
    }

    /// Leaves the numbers that the file lets the engine choose to it, before the first start.
    ///
    /// @param found what the file says of the service
    void leaveToEngine(ComposeService found) {
        byEngine = service.ports().values().stream()
                .filter(port -> ComposeOverride.byEngine(port, found))
                .map(Port::name)
                .collect(Collectors.toUnmodifiableSet());
        run.ports().leaveToEngine(service.name(), byEngine);
    }

    /// Completes when the containers of the present life run.
    CompletableFuture<?> started() {
        return life.started();
    }

    @Override
    public Duration start() throws InterruptedException {
        if (!asked && state instanceof State.Failed(String reason)) {
            throw new EnvironmentException("service %s: %s".formatted(service.name(), reason));
        }
        lock.lockInterruptibly();
        LogProbe follower = service.ready() instanceof Readiness.Log ready ? new LogProbe(ready.pattern(), log) : null;
        try {
            gate.enter();
            ContainerLife next = nextLife();
            announce(next);
            CompletableFuture<?> begun = begin();
            awaitStart(next, begun);
            return awaitReady(next, follower, CompletableFuture.anyOf(begun, system.allStarted()));
        } finally {
            if (follower != null) {
                follower.close();
            }
            gate.leave();
            lock.unlock();
        }
    }

    private synchronized ContainerLife nextLife() {
        if (asked && life.alive()) {
            throw new EnvironmentException("service %s runs already".formatted(service.name()));
        }
        if (asked) {
            life = new ContainerLife(Math.max(1, replicas.all().size()));
        }
        if (!(state instanceof State.Exited) || asked) {
            state = new State.Starting();
        }
        return life;
    }

    private void announce(ContainerLife next) {
        if (next.announce()) {
            run.journal()
                    .emit(new Event.ServiceStarting(
                            service.name(), system.words(service), run.ports().assigned(service.name())));
        }
    }

    private CompletableFuture<?> begin() throws InterruptedException {
        boolean again = asked;
        asked = true;
        if (!again || replicas.all().isEmpty()) {
            return system.up(service.name());
        }
        for (WatchedContainer container : replicas.all()) {
            container.start();
        }
        return CompletableFuture.completedFuture(null);
    }

    private void awaitStart(ContainerLife next, CompletableFuture<?> begun) throws InterruptedException {
        try {
            CompletableFuture.anyOf(next.started(), begun).get();
            next.started().get(STARTED.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw fail(String.valueOf(cause == null ? e : cause.getMessage()), "", OptionalInt.empty());
        } catch (TimeoutException e) {
            throw fail("Compose ended, and did not start it", "", OptionalInt.empty());
        }
    }

    private Duration awaitReady(ContainerLife started, @Nullable LogProbe follower, CompletableFuture<?> begun)
            throws InterruptedException {
        ReadyWait wait = new ReadyWait(service, started, () -> "");
        Optional<ReadyWait.Missed> missed =
                wait.await(follower != null ? follower : probe(started, begun), probe -> becomeReady(started, probe));
        if (missed.isPresent() && !endedWell(started, missed.get().exitCode())) {
            throw fail(missed.get().reason(), missed.get().probe(), missed.get().exitCode());
        }
        if (missed.isPresent()) {
            run.journal()
                    .emit(new Event.ServiceReady(service.name(), missed.get().probe(), started.age()));
        }
        return started.age();
    }

    private Probe probe(ContainerLife started, CompletableFuture<?> begun) {
        String name = service.name();
        return switch (service.ready()) {
            case Readiness.Http ready -> new HttpProbe(() -> now(ready.port()), ready.path(), ready.status());
            case Readiness.Tcp ready -> ports(ready.ports());
            case Readiness.Healthy ready -> new HealthProbe(started, system.engine(), ports(ready.ports()), begun);
            case Readiness.Command ready ->
                new ExecProbe(system.engine(), replicas::all, run.texts(name, ready.command()));
            case Readiness.Log ready -> throw new IllegalStateException("followed since before the start: " + ready);
            case Readiness.Exit ready -> new ExitProbe(ready.code());
            case Readiness.Started _ -> new HealthProbe(started, system.engine(), ports(List.of()), begun);
        };
    }

    private PublishedProbe ports(List<String> names) {
        return new PublishedProbe(names.stream()
                .filter(port -> system.publishes(service.name()))
                .<Supplier<Endpoint>>map(port -> () -> now(port))
                .toList());
    }

    /// Returns where a port is now. One that the engine has not published, as of a container that
    /// ended at once, is at number 0, where nobody can listen: not ready, whatever the reason.
    private Endpoint now(String port) {
        try {
            return run.endpoint(service.name(), port);
        } catch (EnvironmentException e) {
            return new Endpoint(Surroundings.HOST, 0);
        }
    }

    private synchronized boolean becomeReady(ContainerLife started, String probe) {
        if (!started.alive()) {
            return false;
        }
        run.journal().emit(new Event.ServiceReady(service.name(), probe, started.age()));
        state = new State.Ready();
        return true;
    }

    /// Notes that it has no chance, for a reason that was journaled.
    void cannotStart(String reason) {
        state = new State.Failed(run.redactor().redact(reason));
    }

    @Override
    public EnvironmentException fail(String reason, String probe, OptionalInt exitCode) {
        String safe = run.redactor().redact(reason);
        state = new State.Failed(safe);
        run.journal()
                .emit(new Event.ServiceFailed(
                        service.name(), safe, run.redactor().redact(probe), exitCode, log.last(LAST_LINES)));
        return new EnvironmentException("service %s: %s".formatted(service.name(), safe));
    }

    // What the engine tells

    /// Takes what happened to one of the service's containers, in order.
    void changed(WatchedContainer container, ContainerChange change) {
        switch (change) {
            case ContainerChange.Started started -> started(container, started);
            case ContainerChange.Healthy _ -> life.healthy(container.id());
            case ContainerChange.Unhealthy unhealthy -> life.unhealthy(container.id(), unhealthy.lastCheck());
            case ContainerChange.Exited exited -> ended(container, exited);
            case ContainerChange.Created _,
                    ContainerChange.Paused _,
                    ContainerChange.Resumed _,
                    ContainerChange.ShortOfMemory _,
                    ContainerChange.Removed _ -> {} // of our own making, or told by its effects
        }
    }

    private synchronized void started(WatchedContainer container, ContainerChange.Started change) {
        boolean byItself = life.died().isDone();
        if (byItself) {
            // The engine started it again, as its restart policy says.
            life = new ContainerLife(1);
            state = new State.Ready();
        }
        ContainerLife current = life;
        announce(current);
        starts.incrementAndGet();
        run.journal()
                .emit(new Event.ServiceStarted(
                        service.name(), change.record().state().pid(), published(change.record())));
        current.started(container.id(), change.record().healthCheck());
    }

    /// Takes the numbers on this machine that the engine chose for ports, and returns them by name.
    Map<String, Integer> published(ContainerRecord found) {
        Map<String, Integer> numbers = new TreeMap<>();
        for (Port port : service.ports().values()) {
            if (byEngine.contains(port.name())) {
                found.loopback(port.container().orElseThrow()).ifPresent(number -> numbers.put(port.name(), number));
            }
        }
        run.ports().chosen(service.name(), numbers);
        return numbers;
    }

    private void ended(WatchedContainer container, ContainerChange.Exited exited) {
        ContainerLife current = life;
        current.ended(container.id());
        boolean again = system.restarts(service.name())
                && !exited.expected()
                && !(state instanceof State.Ready || state instanceof State.Exited);
        boolean well = exited.expected()
                || again
                || current.expects(exited.exitCode())
                || endedWell(current, OptionalInt.of(exited.exitCode()));
        synchronized (this) {
            run.journal()
                    .emit(new Event.ServiceExited(
                            service.name(),
                            exited.pid(),
                            exited.exitCode(),
                            well,
                            well ? List.of() : log.last(LAST_LINES),
                            exited.cause()));
            if (again) {
                return;
            }
            boolean wasReady = state instanceof State.Ready;
            if (!(state instanceof State.Failed)) {
                state = new State.Exited(exited.exitCode(), well);
            }
            if (wasReady && !well && system.comingUp()) {
                var _ = fail(
                        "ended while the system came up, with " + Signals.describeExit(exited.exitCode()),
                        "",
                        OptionalInt.of(exited.exitCode()));
            }
        }
        if (!well && service.ready() instanceof Readiness.Exit && system.comingUp()) {
            system.abort(
                    "was not started, because %s ended with exit code %d".formatted(service.name(), exited.exitCode()));
        }
        current.died().complete(exited.exitCode());
        current.told().complete(exited.exitCode());
    }

    /// Tells whether an end is what is expected of the service: one that the plan says it has, or
    /// with 0 of a container that offers nothing to others.
    private boolean endedWell(ContainerLife ended, OptionalInt exitCode) {
        boolean offersNothing = service.ready() instanceof Readiness.Healthy healthy
                && healthy.ports().isEmpty()
                && !ended.isChecked();
        return ReadyWait.endedWell(service, exitCode) || (offersNothing && exitCode.equals(OptionalInt.of(0)));
    }

    // End

    @Override
    public List<Proc> stop(String reason) throws InterruptedException {
        boolean locked = lock.tryLock(LocalService.KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            List<WatchedContainer> running = replicas.running();
            if (running.isEmpty()) {
                return List.of();
            }
            run.journal().emit(new Event.ServiceStopping(service.name(), reason));
            for (WatchedContainer container : running) {
                try (Forgotten forgotten = Forgotten.watch(run.processes().table(), container.pid())) {
                    container.stop(service.stop().within());
                    forgotten.left().forEach((process, command) -> system.forgotten(service.name(), process, command));
                }
            }
            life.awaitTold(LocalService.KILL_LIMIT);
            return List.of();
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    @Override
    public void signal(String name, String reason) throws InterruptedException {
        replicas.signal(name, reason);
    }

    @Override
    public void pause(String reason) throws InterruptedException {
        replicas.pause(reason);
    }

    @Override
    public void resume(String reason) throws InterruptedException {
        replicas.resume(reason);
    }

    @Override
    public void expect(String signal, String reason) {
        replicas.running("cannot be ended by " + signal);
        run.journal().emit(new Event.ServiceStopping(service.name(), reason));
        life.expect(Signals.number(signal));
    }

    @Override
    public List<Proc> leftovers() {
        return List.of(); // the end of a container is the end of all its processes
    }

    @Override
    public void refuseStarts() {
        gate.close();
    }

    @Override
    public void close() throws java.io.IOException {
        log.close();
    }
}
