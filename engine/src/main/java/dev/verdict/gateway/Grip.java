package dev.verdict.gateway;

import dev.verdict.plan.LinkFault;
import dev.verdict.plan.LinkFault.Direction;
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
            case LinkFault.Reset _ -> new Resetting(applied, link);
            case LinkFault.Refuse _ -> new Refusing(applied, link);
            default -> throw new GatewayException("later");
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
        if (!takes(fresh)) {
            return;
        }
        var random = new SplittableRandom(applied.seed(link, met++));
        if (applied.strikes(random.nextDouble())) {
            act(connection, fresh, random);
        }
    }

    final Applied applied() {
        return applied;
    }

    final Link link() {
        return link;
    }

    /// Is the hold of a fault that acts by stages alone.
    static final class Staged extends Grip {
        private final Maker maker;

        /// Makes a stage for one direction of one connection.
        interface Maker {
            Stage stage(Direction way, SplittableRandom random);
        }

        Staged(Applied applied, Link link, Maker maker) {
            super(applied, link);
            this.maker = maker;
        }

        @Override
        void act(Connection connection, boolean fresh, SplittableRandom random) {
            for (Direction way : new Direction[] {Direction.THERE, Direction.BACK}) {
                SplittableRandom own = random.split();
                if (applied().fault().direction().includes(way)) {
                    connection.add(way, maker.stage(way, own), applied());
                }
            }
        }
    }
}
