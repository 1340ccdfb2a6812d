package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Delay;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/// Passes each parcel on when its time has come; none overtakes another.
final class Delaying extends Holding {
    /// What a long fat network holds of one connection: more, and the sender has to wait.
    private static final long MOST = 8 << 20;

    private final Delay delay;
    private final SplittableRandom random;
    private final Deque<Long> times = new ArrayDeque<>();
    private long last = System.nanoTime();

    Delaying(Delay delay, SplittableRandom random) {
        this.delay = delay;
        this.random = random;
    }

    @Override
    Rank rank() {
        return Rank.DELAY;
    }

    @Override
    void take(Parcel parcel) {
        long time = System.nanoTime() + drawn(delay, random);
        last = time - last > 0 ? time : last;
        times.addLast(last);
        held().add(parcel);
        wake(times.getFirst());
    }

    @Override
    void due() {
        long now = System.nanoTime();
        while (!times.isEmpty() && times.getFirst() - now <= 0) {
            times.removeFirst();
            Parcel parcel = held().poll();
            if (parcel != null) {
                pass(parcel);
            }
        }
        if (!times.isEmpty()) {
            wake(times.getFirst());
        }
    }

    @Override
    long most() {
        return MOST;
    }

    @Override
    void discard() {
        super.discard();
        times.clear();
    }

    /// Draws a delay in nanoseconds.
    static long drawn(Delay delay, SplittableRandom random) {
        if (delay.jitter().isZero()) {
            return delay.by().toNanos();
        }
        double spread = switch (delay.shape()) {
            case UNIFORM -> 2 * random.nextDouble() - 1;
            case NORMAL -> random.nextGaussian();
            case PARETO -> pareto(random);
        };
        return Math.max(
                0, delay.by().toNanos() + (long) (spread * delay.jitter().toNanos()));
    }

    /// Draws by inversion from a Pareto distribution of shape 3 and scale 1, whose mean is 3/2 and
    /// whose variance is 3/4, moved and scaled to 0 and 1.
    private static double pareto(SplittableRandom random) {
        double drawn = Math.pow(1 - random.nextDouble(), -1.0 / 3);
        return Math.min(10, (drawn - 1.5) / Math.sqrt(0.75));
    }
}
