package dev.verdict.load.wire;

import dev.verdict.load.Generator;
import dev.verdict.load.Interval;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Meter;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Sends a load of HTTP/1.1 requests.
///
/// Before the clock starts it drives a stub of its own, so that the code is compiled, and makes the
/// connections; neither is in the numbers.
public final class WireGenerator implements Generator {
    private static final long SECOND = 1_000_000_000;

    /// Is more than any service answers, so that the warm-up meets each part of the work.
    private static final double WARM_UP_RATE = 20_000;

    private static final int WARM_UP_USERS = 8;

    private final HttpLoad spec;
    private final WireLoad load;

    /// Prepares a load; nothing is sent yet.
    ///
    /// @throws IllegalArgumentException if a request cannot be sent, with the reason
    public WireGenerator(HttpLoad spec) {
        this.spec = spec;
        Variables variables = Variables.of(spec.requests(), spec.feeds());
        this.load = new WireLoad(
                spec,
                Origins.of(spec.requests().stream()
                        .map(request -> new Prepared(request, variables, true).sample())
                        .toList()));
    }

    @Override
    public LoadResult run(LoadListener listener) throws InterruptedException {
        if (!spec.tuning().warmUp().isZero()) {
            warmUp();
        }
        return new Sending(load).run(listener);
    }

    @Override
    public void stop(String why) {
        load.stop(why);
    }

    @Override
    public void close() {
        load.stop("closed");
    }

    private void warmUp() throws InterruptedException {
        Duration time = spec.tuning().warmUp();
        Pace pace = switch (spec.pace()) {
            case Pace.Open open -> new Pace.Open(Profile.constant(WARM_UP_RATE, time), open.arrival(), open.seed());
            case Pace.Closed _ -> new Pace.Closed(Profile.constant(WARM_UP_USERS, time), Duration.ZERO);
        };
        Tuning own = spec.tuning();
        Tuning tuning = new Tuning(
                WARM_UP_USERS,
                WARM_UP_USERS,
                own.timeout(),
                Duration.ZERO,
                Duration.ZERO,
                1,
                true,
                Trust.USUAL,
                own.limits(),
                Long.MAX_VALUE);
        HttpLoad warm = new HttpLoad(spec.requests(), spec.feeds(), pace, spec.slice(), spec.seed(), tuning);
        try (Stub stub = new Stub()) {
            new Sending(new WireLoad(warm, load.origins().redirected(stub.address()))).run(LoadListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException("no warm-up", e);
        }
    }

    /// Is one go: the loops, and the thread that turns their seconds.
    private static final class Sending {
        private final WireLoad load;
        private final List<Loop> loops = new ArrayList<>();
        private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

        Sending(WireLoad load) {
            this.load = load;
        }

        LoadResult run(LoadListener listener) throws InterruptedException {
            HttpLoad spec = load.spec();
            int threads = spec.tuning().threads();
            Meter meter =
                    new Meter(spec.requests().stream().map(LoadRequest::name).toList(), listener);
            for (int i = 0; i < threads; i++) {
                loops.add(new Loop(load, spec.slice().part(i, threads), meter.recorder()));
            }
            CountDownLatch done = new CountDownLatch(threads);
            loops.forEach(loop -> Thread.ofPlatform()
                    .daemon()
                    .name("verdict-load-" + loops.indexOf(loop))
                    .start(() -> send(loop, done)));
            try {
                for (Loop loop : loops) {
                    loop.ready().await();
                }
                return measure(meter, done);
            } catch (InterruptedException e) {
                load.stop("interrupted");
                throw e;
            }
        }

        private void send(Loop loop, CountDownLatch done) {
            try {
                loop.run();
            } catch (RuntimeException | InterruptedException | Error e) {
                broken.compareAndSet(null, e);
                load.stop("the generator broke: " + e);
            } finally {
                done.countDown();
            }
        }

        private LoadResult measure(Meter meter, CountDownLatch done) throws InterruptedException {
            long start = System.nanoTime();
            meter.start(start);
            load.start(start);
            long next = start + SECOND;
            while (!done.await(next - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                long now = System.nanoTime();
                // The last second includes the answers that come right after it.
                boolean lastOne = next - load.end(start) == 0;
                if (!lastOne) {
                    meter.flip(now, active());
                }
                next += SECOND;
            }
            Throwable failure = broken.get();
            if (failure != null) {
                throw new IllegalStateException("the generator broke", failure);
            }
            meter.flip(System.nanoTime(), 0);
            Duration lasted = Duration.ofNanos(load.end(start) - start);
            List<Interval> total = meter.total(lasted);
            return new LoadResult(
                    total,
                    loops.stream().mapToLong(Loop::due).sum(),
                    lasted,
                    loops.stream().mapToDouble(Loop::busy).max().orElse(0),
                    LoadResult.lost(total, load.spec().pace(), load.spec().slice(), lasted),
                    Optional.ofNullable(load.stopped()));
        }

        private int active() {
            return loops.stream().mapToInt(Loop::active).sum();
        }
    }
}
