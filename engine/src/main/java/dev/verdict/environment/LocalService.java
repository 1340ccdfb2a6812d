package dev.verdict.environment;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.plan.Readiness;
import dev.verdict.plan.Service;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Starts, watches and stops one service's process.
final class LocalService implements Body {
    private static final Duration DRAIN = Duration.ofMillis(300);
    static final Duration KILL_LIMIT = Duration.ofSeconds(5);
    private static final int LAST_LINES = 20;

    private final Service service;
    private final Surroundings run;
    private final ServiceLog log;
    /// Held by whoever starts or stops the service.
    private final ReentrantLock lock = new ReentrantLock();
    private final StartGate gate = new StartGate();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile State state = new State.Pending();
    private volatile @Nullable Life life;

    LocalService(Service service, Surroundings run) {
        this.service = service;
        this.run = run;
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

    /// Returns how often a process was started.
    @Override
    public int starts() {
        return starts.get();
    }

    Optional<Life> life() {
        return Optional.ofNullable(life);
    }

    /// Starts the process and waits until it is ready.
    ///
    /// @return the time to readiness
    /// @throws EnvironmentException if it does not get ready, after that was journaled
    @Override
    public Duration start() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            gate.enter();
            Life current = life;
            if (current != null && current.alive()) {
                throw new EnvironmentException("service %s runs already".formatted(service.name()));
            }
            state = new State.Starting();
            return startNow();
        } finally {
            gate.leave();
            lock.unlock();
        }
    }

    @Override
    public void refuseStarts() {
        gate.close();
    }

    @Override
    public Place place() {
        return new Place.Processes(alive("has no place").main().pid());
    }

    private Duration startNow() throws InterruptedException {
        // A follower of the log must be there before the first line is.
        LogProbe follower = service.ready() instanceof Readiness.Log ready ? new LogProbe(ready.pattern(), log) : null;
        try {
            Life started = launch();
            return awaitReady(started, follower);
        } finally {
            if (follower != null) {
                follower.close();
            }
        }
    }

    private Life launch() throws InterruptedException {
        Launch launch;
        try {
            launch = run.launch(service, service.process().command());
        } catch (EnvironmentException e) {
            throw fail(String.valueOf(e.getMessage()), "", OptionalInt.empty());
        }
        List<String> command =
                launch.command().stream().map(run.redactor()::redact).toList();
        run.ledger().append(new LedgerEntry.ServiceAnnounced(service.name(), command));
        run.journal()
                .emit(new Event.ServiceStarting(
                        service.name(), command, run.ports().assigned(service.name())));
        Path logFile = run.folder().log(service.name());
        Path out = logFile.resolveSibling("." + service.name() + ".out");
        Path err = logFile.resolveSibling("." + service.name() + ".err");
        List<LogPump> pumps = new ArrayList<>();
        try {
            LogPump.makePipes(List.of(out, err));
            pumps.add(new LogPump(out, "out", log));
            pumps.add(new LogPump(err, "err", log));
            return watched(launch.start(pumps.get(0).target(), pumps.get(1).target()), pumps);
        } catch (EnvironmentException e) {
            throw fail(String.valueOf(e.getMessage()), "", OptionalInt.empty());
        } finally {
            pumps.forEach(LogPump::release);
        }
    }

    private Life watched(Process process, List<LogPump> pumps) {
        long started = System.nanoTime();
        ProcessId main =
                run.processes().table().find(process.pid()).map(Proc::id).orElse(new ProcessId(process.pid(), 0));
        Life current = new Life(service.name(), process, main, pumps, started);
        if (service.ready() instanceof Readiness.Exit exit) {
            current.mayEnd(exit.code());
        }
        life = current;
        starts.incrementAndGet();
        run.journal().emit(new Event.ServiceStarted(service.name(), process.pid()));
        Thread.ofVirtual().name("exit-" + service.name()).start(() -> watch(current));
        run.ledger().append(new LedgerEntry.ServiceProcess(service.name(), main));
        return current;
    }

    /// Waits for the end of the process and tells it at once, with the last lines of its log.
    private void watch(Life watched) {
        try {
            int code = watched.process().waitFor();
            boolean expected = watched.end(code);
            if (OwnClock.wanted(service)) {
                OwnClock.forget(watched.main().pid());
            }
            watched.drain(DRAIN);
            synchronized (this) {
                state = new State.Exited(code, expected);
                run.journal()
                        .emit(new Event.ServiceExited(
                                service.name(),
                                watched.main().pid(),
                                code,
                                expected,
                                expected ? List.of() : log.last(LAST_LINES)));
            }
            watched.told().complete(code);
        } catch (InterruptedException | RuntimeException e) {
            watched.told().completeExceptionally(e);
        }
    }

    private Duration awaitReady(Life started, @Nullable LogProbe follower) throws InterruptedException {
        ReadyWait wait = new ReadyWait(service, started, () -> listening(started));
        Optional<ReadyWait.Missed> missed =
                wait.await(follower != null ? follower : probe(started), probe -> becomeReady(started, probe));
        if (missed.isPresent() && ReadyWait.endedWell(service, missed.get().exitCode())) {
            run.journal()
                    .emit(new Event.ServiceReady(service.name(), missed.get().probe(), started.age()));
            return started.age();
        }
        if (missed.isPresent()) {
            throw fail(missed.get().reason(), missed.get().probe(), missed.get().exitCode());
        }
        return started.age();
    }

    /// Says where one listens that did not get ready.
    private String listening(Life started) {
        return run.networks().net(service.name()).isPresent()
                ? Listeners.hint(Listeners.of(started.main().pid()))
                : new Listeners(run.processes().table()).hint(started, run.processes());
    }

    /// Returns the probe that the plan asks for; one that follows the log must be older than the
    /// process, so whoever starts it has that one.
    private Probe probe(Life started) {
        String name = service.name();
        return switch (service.ready()) {
            case Readiness.Http ready ->
                new HttpProbe(() -> run.endpoint(name, ready.port()), ready.path(), ready.status());
            case Readiness.Tcp ready ->
                new TcpProbe(ready.ports().stream()
                        .map(port -> run.endpoint(name, port))
                        .toList());
            case Readiness.Command ready -> new CommandProbe(run.launch(service, ready.command()));
            case Readiness.Log ready -> throw new IllegalStateException("followed since before the start: " + ready);
            case Readiness.Exit ready -> new ExitProbe(ready.code());
            case Readiness.Healthy ready -> throw new IllegalStateException("asked of a container: " + ready);
            case Readiness.Started ready -> new StartedProbe(started.main().pid(), started.started());
        };
    }

    private synchronized boolean becomeReady(Life started, String probe) {
        if (!started.alive()) {
            return false;
        }
        run.journal().emit(new Event.ServiceReady(service.name(), probe, started.age()));
        state = new State.Ready();
        return true;
    }

    /// Journals that the service did not come up.
    @Override
    public EnvironmentException fail(String reason, String probe, OptionalInt exitCode) {
        String safe = run.redactor().redact(reason);
        state = new State.Failed(safe);
        run.journal()
                .emit(new Event.ServiceFailed(
                        service.name(), safe, run.redactor().redact(probe), exitCode, log.last(LAST_LINES)));
        return new EnvironmentException("service %s: %s".formatted(service.name(), safe));
    }

    /// Ends the service as its plan says.
    ///
    /// @return whom it left behind, still alive: those who detached, or outlived it beyond the time
    ///     to stop
    @Override
    public List<Proc> stop(String reason) throws InterruptedException {
        boolean locked = lock.tryLock(KILL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        try {
            Life current = life;
            if (current == null) {
                return List.of();
            }
            if (current.alive()) {
                run.journal().emit(new Event.ServiceStopping(service.name(), reason));
                askToEnd(current);
            }
            List<Proc> left = awaitChildren(current);
            current.awaitTold(KILL_LIMIT);
            return left;
        } finally {
            if (locked) {
                lock.unlock();
            }
        }
    }

    private void askToEnd(Life current) throws InterruptedException {
        String signal = Signals.normal(service.stop().signal());
        current.ask();
        // To the main process alone: a child that only ends if signalled is a leftover.
        Signals.send(signal, List.of(current.main()));
        if (current.paused()) {
            Signals.send(
                    "CONT",
                    current.members(run.processes().scan()).stream()
                            .map(Proc::id)
                            .toList());
        }
        if (!current.endsWithin(service.stop().within())) {
            killMain(current);
        }
    }

    /// Kills the process with those who still hang on it; who detached before stays for the audit.
    private void killMain(Life current) throws InterruptedException {
        Processes.Scan before = run.processes().scan();
        var attached = current.attached(before);
        List<ProcessId> detached = current.members(before).stream()
                .map(Proc::id)
                .filter(id -> !attached.contains(id))
                .toList();
        List<Proc> left = Signals.killAll(
                () -> current.members(run.processes().scan()).stream()
                        .filter(member -> !detached.contains(member.id()))
                        .toList(),
                KILL_LIMIT);
        if (!left.isEmpty()) {
            run.journal()
                    .emit(new Event.HarnessFailed(
                            "environment",
                            "service %s: %d processes could not be killed".formatted(service.name(), left.size())));
        }
    }

    /// Gives the children of an ended service the rest of its time to end by themselves.
    private List<Proc> awaitChildren(Life current) throws InterruptedException {
        List<Proc> left = current.members(run.processes().scan());
        for (long pause = 10;
                !left.isEmpty() && current.sinceDeath().compareTo(service.stop().within()) < 0;
                pause = Math.min(100, pause * 2)) {
            Thread.sleep(pause);
            left = current.members(run.processes().scan());
        }
        return left;
    }

    /// Returns whom the ended process left behind, still alive.
    @Override
    public List<Proc> leftovers() {
        Life current = life;
        return current == null || current.alive()
                ? List.of()
                : current.members(run.processes().scan());
    }

    /// Returns the life that goes on.
    ///
    /// @param otherwise what follows from it if none does, as `cannot be paused`
    Life alive(String otherwise) {
        Life current = life;
        if (current == null || !current.alive()) {
            throw new EnvironmentException("service %s does not run, so it %s".formatted(service.name(), otherwise));
        }
        return current;
    }

    /// Holds the whole tree, also those whom a process starts meanwhile: who is held starts nobody.
    @Override
    public void pause(String reason) throws InterruptedException {
        Life current = alive("cannot be paused");
        if (current.paused()) {
            return;
        }
        current.noteSignal("STOP");
        run.journal().emit(new Event.ServicePaused(service.name(), reason));
        Set<ProcessId> held = new HashSet<>();
        for (List<ProcessId> loose = loose(current, held); !loose.isEmpty(); loose = loose(current, held)) {
            Signals.send("STOP", loose);
            held.addAll(loose);
        }
    }

    private List<ProcessId> loose(Life current, Set<ProcessId> held) {
        return current.members(run.processes().scan()).stream()
                .map(Proc::id)
                .filter(id -> !held.contains(id))
                .toList();
    }

    /// Lets the whole tree go on, if Verdict holds it.
    @Override
    public void resume(String reason) throws InterruptedException {
        Life current = life;
        if (current == null || !current.alive() || !current.paused()) {
            return;
        }
        Signals.send("CONT", loose(current, Set.of()));
        current.noteSignal("CONT");
        run.journal().emit(new Event.ServiceResumed(service.name(), reason));
    }

    /// Notes that an end by the signal will be Verdict's doing.
    @Override
    public void expect(String signal, String reason) {
        Life current = alive("cannot be ended by " + signal);
        run.journal().emit(new Event.ServiceStopping(service.name(), reason));
        current.noteSignal(signal);
    }

    /// Sends the whole tree a signal; after KILL, waits until nobody is left.
    @Override
    public void signal(String name, String reason) throws InterruptedException {
        String signal = Signals.normal(name);
        if (signal.equals("STOP")) {
            pause(reason);
            return;
        }
        if (signal.equals("CONT")) {
            resume(reason);
            return;
        }
        Life current = alive("cannot be sent " + signal);
        if (Signals.ends(signal)) {
            run.journal().emit(new Event.ServiceStopping(service.name(), reason));
        }
        if (Signals.ends(signal) && !signal.equals("KILL")) {
            // After KILL only the exit by KILL was asked for: it may have crashed a moment before.
            current.ask();
        }
        current.noteSignal(signal);
        if (signal.equals("KILL")) {
            Signals.killAll(() -> current.members(run.processes().scan()), KILL_LIMIT);
            current.awaitTold(KILL_LIMIT);
        } else {
            Signals.send(
                    signal,
                    current.members(run.processes().scan()).stream()
                            .map(Proc::id)
                            .toList());
        }
    }

    /// Ends the log, after everyone who could write to it was ended.
    @Override
    public void close() throws InterruptedException, java.io.IOException {
        Life current = life;
        if (current != null) {
            current.drain(Duration.ofSeconds(1));
            current.closeLog();
        }
        log.close();
    }
}
