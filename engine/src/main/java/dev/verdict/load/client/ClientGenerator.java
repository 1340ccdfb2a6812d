package dev.verdict.load.client;

import dev.verdict.load.ErrorKind;
import dev.verdict.load.Generator;
import dev.verdict.load.Interval;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Meter;
import dev.verdict.load.Pace;
import dev.verdict.load.Recorder;
import dev.verdict.load.Timing;
import dev.verdict.load.wire.Mix;
import dev.verdict.load.wire.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends a load through blocking clients, a virtual thread for each user. The clients are warmed up
/// and their connections made before the clock starts.
public final class ClientGenerator implements Generator {
    private static final long SECOND = 1_000_000_000;
    private static final int RECORDERS = Runtime.getRuntime().availableProcessors();

    private final ClientLoad load;
    private final Mix mix;
    private final Variables variables;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();
    private @Nullable Turns turns;
    private @Nullable String why;
    private volatile long stoppedAt;
    private volatile @Nullable Throwable broken;

    /// Prepares a load; nothing is sent yet.
    ///
    /// @throws IllegalArgumentException if a variable has no value
    public ClientGenerator(ClientLoad load) {
        this.load = load;
        this.mix = new Mix(load.requests().stream().map(ClientRequest::weight).toList(), load.seed());
        this.variables =
                new Variables(load.requests().stream().map(ClientRequest::kind).toList(), load.feeds());
    }

    @Override
    public LoadResult run(LoadListener listener) throws InterruptedException {
        if (!load.warmUp().isZero()) {
            warmUp();
        }
        Meter meter =
                new Meter(load.requests().stream().map(ClientRequest::name).toList(), listener);
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < RECORDERS; i++) {
            recorders.add(meter.recorder());
        }
        int users = users();
        CountDownLatch ready = new CountDownLatch(users);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(users);
        for (int i = 0; i < users; i++) {
            User user = new User(this, i, recorders.get(i % RECORDERS));
            threads.add(Thread.ofVirtual().name("verdict-user-" + i).start(() -> act(user, ready, go, done)));
        }
        try {
            ready.await();
            return measure(meter, recorders.getFirst(), go, done);
        } catch (InterruptedException e) {
            stop("interrupted");
            throw e;
        } finally {
            threads.forEach(Thread::interrupt);
        }
    }

    private void warmUp() throws InterruptedException {
        try (WarmUp warmUp = new WarmUp(load)) {
            Optional<LoadResult> _ = warmUp.run();
        } catch (IOException e) {
            throw new UncheckedIOException("no warm-up", e);
        }
    }

    private void act(User user, CountDownLatch ready, CountDownLatch go, CountDownLatch done) {
        try {
            try {
                user.connect();
            } finally {
                ready.countDown();
            }
            go.await();
            user.act(turns());
        } catch (InterruptedException e) {
            // Whoever interrupts a user has given the load up.
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            broken = e;
            stop("the generator broke: " + e);
        } finally {
            done.countDown();
            user.close();
        }
    }

    private LoadResult measure(Meter meter, Recorder recorder, CountDownLatch go, CountDownLatch done)
            throws InterruptedException {
        Duration cpu = cpu();
        long start = System.nanoTime();
        begin(Turns.of(load, start));
        meter.start(start);
        go.countDown();
        long planned = start + load.pace().duration().toNanos();
        long next = start + SECOND;
        while (!done.await(Math.min(next, planned) - System.nanoTime(), TimeUnit.NANOSECONDS)
                && stoppedAt == 0
                && planned - System.nanoTime() > 0) {
            meter.flip(System.nanoTime(), active.get());
            next += SECOND;
        }
        long end = stoppedAt == 0 || planned - stoppedAt < 0 ? planned : Math.max(start, stoppedAt);
        Duration lasted = Duration.ofNanos(end - start);
        double busy = cpu().minus(cpu).toNanos() / (double) Math.max(1, lasted.toNanos() * RECORDERS);
        turns().end(end, turn -> unsent(recorder, turn, end));
        done.await();
        if (broken != null) {
            throw new IllegalStateException("the generator broke", broken);
        }
        meter.flip(System.nanoTime(), 0);
        List<Interval> total = meter.total(lasted);
        double lost = LoadResult.lost(total, load.pace(), load.slice(), lasted);
        return new LoadResult(total, turns().due(), lasted, Math.clamp(busy, 0, 1), lost, stopped());
    }

    private void unsent(Recorder recorder, Turns.Turn turn, long end) {
        Timing timing = new Timing();
        timing.begin(turn.due(), end);
        timing.done(end);
        recorder.failed(draw(turn.index()), ErrorKind.UNSENT, "all users were busy until the end", timing);
    }

    private int users() {
        return switch (load.pace()) {
            case Pace.Open _ -> load.connections();
            case Pace.Closed closed -> {
                long whole = Math.round(closed.users().peak());
                int own = 0;
                while (load.slice().index(own) < whole) {
                    own++;
                }
                yield own;
            }
        };
    }

    ClientLoad load() {
        return load;
    }

    Variables variables() {
        return variables;
    }

    /// Returns which kind the load's n-th request is.
    int draw(long index) {
        return mix.draw(index);
    }

    void waits(int change) {
        int _ = active.addAndGet(change);
    }

    void countError() {
        if (errors.incrementAndGet() == load.maxErrors()) {
            stop(load.maxErrors() + " errors");
        }
    }

    @Override
    public synchronized void stop(String reason) {
        if (why == null) {
            why = reason;
            stoppedAt = System.nanoTime();
            if (turns != null) {
                turns.stop();
            }
        }
    }

    @Override
    public void close() {
        stop("closed");
    }

    /// A load may be stopped before it begins.
    private synchronized void begin(Turns made) {
        turns = made;
        if (why != null) {
            made.stop();
        }
    }

    private synchronized Turns turns() {
        if (turns == null) {
            throw new IllegalStateException("the load has not begun");
        }
        return turns;
    }

    private synchronized Optional<String> stopped() {
        return Optional.ofNullable(why);
    }

    /// Clients work on threads of their own as well: all of this process counts.
    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
