package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Direction;
import java.util.SplittableRandom;

/// Is the hold of a fault that is a stage of its own in each direction of each connection.
final class Staged extends Grip {
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
        act(Direction.THERE, connection, random.split());
        act(Direction.BACK, connection, random.split());
    }

    private void act(Direction way, Connection connection, SplittableRandom random) {
        if (applied().fault().direction().includes(way)) {
            connection.add(way, maker.stage(way, random), applied());
        }
    }
}
