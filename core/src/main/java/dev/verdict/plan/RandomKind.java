package dev.verdict.plan;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Draws the parameters of the kinds of faults that a random schedule may hold: those that need
/// nothing of the service beyond that it runs.
enum RandomKind {
    KILL("kill", Grip.LIFE),
    STOP("stop", Grip.LIFE),
    RESTART("restart", Grip.LIFE),
    CRASH_LOOP("crashLoop", Grip.LIFE),
    PAUSE("pause", Grip.HOLD),
    CPU("cpu", Grip.SHARE),
    CLOCK("clock", Grip.SHARE),
    PARTITION("partition", Grip.APART),
    DELAY("delay", Grip.SLOW),
    BANDWIDTH("bandwidth", Grip.SLOW),
    STALL("stall", Grip.CUT),
    RESET("reset", Grip.SLOW),
    RESET_AFTER_BYTES("resetAfterBytes", Grip.SLOW),
    REFUSE("refuse", Grip.CUT),
    BLACK_HOLE("blackHole", Grip.CUT),
    SLOW_CLOSE("slowClose", Grip.SLOW),
    CORRUPT("corrupt", Grip.SLOW),
    SLICE("slice", Grip.SLOW),
    HTTP_STATUS("httpStatus", Grip.SLOW);

    /// Says what a fault leaves of its target, and so which others make sense beside it.
    enum Grip {
        /// Nothing of the service: whoever is dead cannot be disturbed further.
        LIFE,
        /// A service that does nothing: its life must be left alone meanwhile.
        HOLD,
        /// A service that works worse.
        SHARE,
        /// A service that does not reach some others.
        APART,
        /// Nothing of the link.
        CUT,
        /// A link that works worse.
        SLOW
    }

    private final String kind;
    private final Grip grip;

    RandomKind(String kind, Grip grip) {
        this.kind = kind;
        this.grip = grip;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(each -> each.kind).toList();
    }

    static RandomKind of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.kind.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " cannot be drawn"));
    }

    Grip grip() {
        return grip;
    }

    boolean isOfLink() {
        return grip == Grip.CUT || grip == Grip.SLOW;
    }

    /// Draws a fault of the kind.
    ///
    /// @param target decides what a partition is
    Fault draw(FaultTarget target, SplittableRandom random) {
        return switch (this) {
            case KILL -> new ServiceFault.Kill("KILL");
            case STOP -> new ServiceFault.Stop();
            case RESTART -> new ServiceFault.Restart();
            case CRASH_LOOP -> new ServiceFault.CrashLoop(time(random, 100, 2_000));
            case PAUSE -> new ServiceFault.Pause();
            case CPU -> new ServiceFault.CpuStress(random.nextInt(1, 5));
            case CLOCK -> clock(random);
            case PARTITION -> partition(target, random);
            case DELAY -> delay(random);
            case BANDWIDTH -> new LinkFault.Bandwidth(between(random, 1_000, 1_000_000), LinkFault.Per.LINK);
            case STALL -> new LinkFault.Stall();
            case RESET -> new LinkFault.Reset();
            case RESET_AFTER_BYTES -> new LinkFault.ResetAfterBytes(between(random, 1, 65_536));
            case REFUSE -> new LinkFault.Refuse();
            case BLACK_HOLE -> new LinkFault.BlackHole();
            case SLOW_CLOSE -> new LinkFault.SlowClose(time(random, 10, 2_000));
            case CORRUPT -> new LinkFault.Corrupt(between(random, 1, 1_000) / 10_000.0);
            case SLICE -> new LinkFault.Slice((int) between(random, 1, 64), time(random, 1, 20));
            case HTTP_STATUS -> status(random);
        };
    }

    private static Fault clock(SplittableRandom random) {
        Duration by = time(random, 1_000, 3_600_000);
        return new ServiceFault.ClockShift(random.nextBoolean() ? by : by.negated());
    }

    private static Fault partition(FaultTarget target, SplittableRandom random) {
        return switch (target) {
            case FaultTarget.OfService _ -> new Partition.Isolate();
            case FaultTarget.OfLink _ -> new Partition.OneWay();
            case FaultTarget.OfServices(List<String> services) -> {
                // A ring of fewer would leave everyone in sight of everyone.
                int ways = services.size() > 3 ? 3 : services.size() > 2 ? 2 : 1;
                yield List.of(new Partition.Halves(), new Partition.Bridge(), new Partition.MajoritiesRing())
                        .get(random.nextInt(ways));
            }
        };
    }

    private static Fault delay(SplittableRandom random) {
        Duration by = time(random, 10, 2_000);
        Duration jitter = random.nextBoolean() ? Duration.ZERO : Duration.ofMillis(by.toMillis() / 2);
        return new LinkFault.Delay(by, jitter, LinkFault.Shape.UNIFORM);
    }

    private static Fault status(SplittableRandom random) {
        int[] statuses = {429, 500, 502, 503, 504};
        LinkFault always = new HttpFault.HttpStatus(statuses[random.nextInt(statuses.length)]);
        double share = between(random, 100, 1_000) / 1_000.0;
        return share < 1 ? always.sometimes(share) : always;
    }

    private static Duration time(SplittableRandom random, long least, long most) {
        return Duration.ofMillis(between(random, least, most));
    }

    /// Draws evenly over the orders of magnitude: a fault of 10 ms is as likely as one of 1 s.
    static long between(SplittableRandom random, long least, long most) {
        if (least == most) {
            return least;
        }
        double exponent = random.nextDouble(Math.log((double) least), Math.log((double) most));
        return Math.clamp(Math.round(Math.exp(exponent)), least, most);
    }
}
