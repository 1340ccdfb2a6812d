package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.ContainerState.Phase;
import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.journal.Event.ExitCause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Is a container of the run: what it does, and the only way to change that, so that what Verdict
/// asked for is told apart from what happened by itself.
public final class WatchedContainer {
    /// Bounds how many events of one container wait to be looked at.
    private static final int MAX_EVENTS = 10_000;

    private static final Duration DRAIN = Duration.ofSeconds(2);
    private static final Duration DELAY = Duration.ofMillis(500);
    private static final Duration TOLD = Duration.ofSeconds(10);

    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    private static final Set<String> ENDING = Set.of("TERM", "KILL", "INT", "QUIT", "ABRT");

    private final String id;
    private final String name;
    private final String service;
    private final Engine engine;
    private final ContainerWatch.Listener listener;
    private final ContainerLog log;
    private final BooleanSupplier lost;
    private final BlockingQueue<EngineEvent> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final Deque<EngineEvent> looked = new ArrayDeque<>();
    private final Thread thread;
    private ContainerState state = ContainerState.NEW;
    private boolean telling;
    private volatile @Nullable ContainerRecord record;

    /// Begins to take events.
    ///
    /// @param lost whether the engine is away
    WatchedContainer(
            String id,
            String name,
            String service,
            Engine engine,
            ContainerWatch.Listener listener,
            ContainerOutput output,
            BooleanSupplier lost) {
        this.id = id;
        this.name = name;
        this.service = service;
        this.engine = engine;
        this.listener = listener;
        this.lost = lost;
        this.log = new ContainerLog(engine.wire(), id, output);
        this.thread = Thread.ofVirtual().name("container-" + name).start(this::run);
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    /// Returns the service of the plan; empty for a container that belongs to none.
    public String service() {
        return service;
    }

    public synchronized ContainerState state() {
        return state;
    }

    /// Returns what the engine knew when the container was last started; empty before.
    public Optional<ContainerRecord> record() {
        return Optional.ofNullable(record);
    }

    /// Returns its main process on the engine's machine, if it runs.
    public OptionalInt pid() {
        ContainerRecord last = record;
        return last == null || !state().running() || last.state().pid() == 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) last.state().pid());
    }

    void happened(EngineEvent event) {
        if (!events.offer(event)) {
            throw new IllegalStateException("container %s has more than %d events waiting".formatted(name, MAX_EVENTS));
        }
    }

    private void run() {
        try {
            while (state().phase() != Phase.REMOVED) {
                EngineEvent next = looked.isEmpty() ? events.take() : looked.removeFirst();
                try {
                    handle(next);
                } catch (EngineException e) {
                    // The engine went away under the look: it is told of as a whole.
                    if (e.kind() != Kind.UNREACHABLE) {
                        throw e;
                    }
                } finally {
                    told();
                }
            }
        } catch (InterruptedException e) {
            // Closed: this thread ends here, and nobody else looks at its interrupt.
            return;
        }
    }

    private void handle(EngineEvent event) throws InterruptedException {
        Optional<ExitCause> cause = event.action().equals("die") ? look(event) : Optional.empty();
        ContainerState before;
        ContainerState now;
        synchronized (this) {
            before = cause.equals(Optional.of(ExitCause.OUT_OF_MEMORY)) ? state.shortOfMemory() : state;
            now = before.after(event);
            state = now;
            telling = true;
        }
        switch (event.action()) {
            case "create" -> created(event);
            case "start" -> started(before.endedAt());
            case "die" -> ended(now, now.cause().or(() -> now.expected() ? Optional.empty() : cause));
            case "oom" -> tell(new ContainerChange.ShortOfMemory());
            case "pause" -> tell(new ContainerChange.Paused());
            case "unpause" -> tell(new ContainerChange.Resumed());
            case "health_status" -> health(event.detail());
            case "destroy" -> tell(new ContainerChange.Removed());
            default -> {
                // `kill`, `stop` and `restart` are told by their effects.
            }
        }
    }

    private synchronized void told() {
        telling = false;
        notifyAll();
    }

    private void tell(ContainerChange change) {
        listener.changed(this, change);
    }

    /// Takes the streams over where they are needed. What Compose brings up lives long enough to be
    /// looked at first; what somebody runs may be gone by then.
    private void created(EngineEvent event) throws InterruptedException {
        boolean lasting = event.attributes().containsKey(Labels.PROJECT)
                && !event.attributes().getOrDefault(Labels.ONE_OFF, "").equals("True");
        Optional<Response> streams = lasting ? Optional.empty() : log.ask();
        Optional<ContainerRecord> found = engine.containers().find(id);
        if (found.isPresent()) {
            record = found.get();
        }
        if (lasting && found.filter(ContainerLog::isKept).isEmpty()) {
            streams = log.ask();
            found = engine.containers().find(id);
        }
        log.beforeStart(streams, found, true);
        tell(new ContainerChange.Created());
    }

    private void started(long endedAt) throws InterruptedException {
        Optional<ContainerRecord> found = engine.containers().find(id);
        if (found.isPresent()) {
            record = found.get();
            log.started(found.get(), endedAt);
            tell(new ContainerChange.Started(found.get()));
        }
    }

    private void health(String word) throws InterruptedException {
        if (word.equals("healthy")) {
            tell(new ContainerChange.Healthy());
        } else if (word.equals("unhealthy")) {
            tell(new ContainerChange.Unhealthy(engine.containers()
                    .find(id)
                    .map(found -> found.state().lastCheck())
                    .orElse("")));
        }
    }

    /// What killed a process, the kernel or an engine that ends, races with the end that it causes:
    /// the engine may tell of the end first, and of itself not at all.
    private Optional<ExitCause> look(EngineEvent die) throws InterruptedException {
        ContainerState now = state();
        int code = die.exitCode().orElse(0);
        if (now.outOfMemory() || now.asked() || code == 0) {
            return Optional.empty();
        }
        try {
            if (outOfMemory() || ((code == KILLED || code == TERMINATED) && oomFollows()) || outOfMemory()) {
                return Optional.of(ExitCause.OUT_OF_MEMORY);
            }
        } catch (EngineException e) {
            return Optional.of(ExitCause.ENGINE_ENDED);
        }
        return lost.getAsBoolean() ? Optional.of(ExitCause.ENGINE_ENDED) : Optional.empty();
    }

    private boolean outOfMemory() throws InterruptedException {
        return engine.containers()
                .find(id)
                .filter(found -> found.state().outOfMemory())
                .isPresent();
    }

    /// Waits a little for the event; what else comes is looked at later.
    private boolean oomFollows() throws InterruptedException {
        long deadline = System.nanoTime() + DELAY.toNanos();
        for (long left = DELAY.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            EngineEvent next = events.poll(left, TimeUnit.NANOSECONDS);
            if (next != null && next.action().equals("oom")) {
                return true;
            }
            if (next != null) {
                looked.addLast(next);
            }
        }
        return false;
    }

    private void ended(ContainerState now, Optional<ExitCause> cause) throws InterruptedException {
        log.complete(DRAIN, now.endedAt());
        ContainerRecord last = record;
        if (last != null && last.logDriver().equals("none") && !last.autoRemove()) {
            log.beforeStart(log.ask(), Optional.of(last), false);
        }
        tell(new ContainerChange.Exited(
                last == null ? 0 : last.state().pid(), now.exitCode().orElse(0), now.expected(), cause));
    }

    /// Notes how the container ended while nobody told: the engine was away.
    ///
    /// @param exitCode empty if the container is gone
    void endedUnseen(OptionalInt exitCode) {
        ContainerState now;
        synchronized (this) {
            if (!state.running()) {
                return;
            }
            state = state.after(new EngineEvent(
                    "die",
                    "",
                    id,
                    Map.of("exitCode", Integer.toString(exitCode.orElse(KILLED))),
                    System.currentTimeMillis() * 1_000_000));
            now = state;
            notifyAll();
        }
        ContainerRecord last = record;
        tell(new ContainerChange.Exited(
                last == null ? 0 : last.state().pid(),
                exitCode.orElse(KILLED),
                now.expected(),
                now.expected() ? Optional.empty() : Optional.of(ExitCause.ENGINE_ENDED)));
    }

    /// Ends the container as its stop signal says, kills it after the time, and returns once its
    /// end was told. Does nothing to one that does not run.
    public void stop(Duration within) throws InterruptedException {
        if (ask()) {
            engine.containers().stop(id, within);
            awaitEnd();
        }
    }

    /// Sends the main process a signal, as `KILL`; after `KILL`, returns once the end was told.
    ///
    /// @param number of the signal
    /// @throws EngineException if it does not run
    public void signal(String signal, int number) throws InterruptedException {
        boolean ends = ENDING.contains(signal);
        synchronized (this) {
            state = ends ? state.signalled(number).asking() : state.signalled(number);
        }
        engine.containers().kill(id, signal);
        if (signal.equals("KILL")) {
            awaitEnd();
        }
    }

    public void start() throws InterruptedException {
        engine.containers().start(id);
    }

    /// Freezes all its processes, and returns once that was told: who resumes it at once must find
    /// it paused.
    public void pause() throws InterruptedException {
        engine.containers().pause(id);
        await(now -> now.phase() == Phase.PAUSED || !now.running(), "pause");
    }

    /// Lets its processes go on, and returns once that was told.
    public void resume() throws InterruptedException {
        engine.containers().unpause(id);
        await(now -> now.phase() != Phase.PAUSED, "resumption");
    }

    /// Removes it, running or not, with its anonymous volumes, once its log is read to the end.
    public void remove() throws InterruptedException {
        ask();
        log.drain(DRAIN);
        engine.containers().remove(id, true);
    }

    private synchronized boolean ask() {
        if (!state.running()) {
            return false;
        }
        state = state.asking();
        return true;
    }

    private void awaitEnd() throws InterruptedException {
        await(now -> !now.running(), "end");
    }

    /// Waits until something is told.
    private synchronized void await(Predicate<ContainerState> told, String what) throws InterruptedException {
        long deadline = System.nanoTime() + TOLD.toNanos();
        while (!told.test(state) || telling) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new EngineException(
                        Kind.REFUSED,
                        "the %s of container %s is not known after %d s".formatted(what, name, TOLD.toSeconds()));
            }
            wait(left);
        }
    }

    /// Waits until everything that it wrote so far is in the log, if it has ended.
    boolean drain(Duration limit) throws InterruptedException {
        return log.drain(limit);
    }

    void close() {
        thread.interrupt();
        log.close();
    }
}
