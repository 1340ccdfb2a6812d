package dev.verdict.gateway;

import dev.verdict.plan.HttpFault;
import dev.verdict.plan.LinkFault;
import java.util.SplittableRandom;

/// Is a fault's hold on one link: meets each of its connections, and decides whether to act on it.
/// Everything happens on the link's event loop.
abstract class Grip {
    private final Applied applied;
    private final Link link;
    private long met;

    Grip(Applied applied, Link link) {
        this.applied = applied;
        this.link = link;
    }

    /// Makes what a fault needs on a link: the one place that knows every kind.
    static Grip of(Applied applied, Link link) {
        return switch (applied.fault().proper()) {
            case LinkFault.Delay delay -> new Staged(applied, link, (_, random) -> new Delaying(delay, random));
            case LinkFault.Bandwidth bandwidth -> new Bandwidths(applied, link, bandwidth);
            case LinkFault.Stall _ -> new Staged(applied, link, (_, _) -> new Stalling());
            case LinkFault.Reset _ -> new Resetting(applied, link);
            case LinkFault.ResetAfterBytes reset -> new Staged(applied, link, (_, _) -> new Cutting(reset));
            case LinkFault.ResetAfter reset -> new Timed(applied, link, reset);
            case LinkFault.Refuse _ -> new Refusing(applied, link);
            case LinkFault.BlackHole _ -> new Staged(applied, link, (_, _) -> new Swallowing());
            case LinkFault.SlowClose slow -> new Staged(applied, link, (_, _) -> new SlowClosing(slow));
            case LinkFault.Corrupt corrupt -> new Staged(applied, link, (_, random) -> new Corrupting(corrupt, random));
            case LinkFault.Slice slice -> new Staged(applied, link, (_, _) -> new Slicing(slice));
            case HttpFault http -> new HttpGrip(applied, link, HttpChange.of(http));
            case LinkFault.Partly _ -> throw new IllegalStateException("a fault proper is not partly itself");
        };
    }

    /// Begins, before any connection is met.
    void begin() {}

    /// Ends; its stages are out by now.
    void end() {}

    /// Acts on a connection that the fault has chosen.
    ///
    /// @param fresh whether it comes only now
    /// @param random the connection's own
    abstract void act(Connection connection, boolean fresh, SplittableRandom random);

    /// Takes part in choosing; connections that it does not take are not counted.
    boolean takes(boolean fresh) {
        return true;
    }

    /// Meets a connection: acts on it if the fault's probability and limit say so.
    final void meet(Connection connection, boolean fresh) {
        if (takes(fresh)) {
            var random = new SplittableRandom(applied.seed(link, met++));
            if (chooses(random)) {
                act(connection, fresh, random);
            }
        }
    }

    /// Decides whether to act on one more connection.
    boolean chooses(SplittableRandom random) {
        return applied.draws(random) && applied.strikes();
    }

    final Applied applied() {
        return applied;
    }

    final Link link() {
        return link;
    }
}
