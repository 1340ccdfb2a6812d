package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.ResetAfter;
import java.util.SplittableRandom;

/// Gives each connection a time to live.
final class Timed extends Grip {
    private final ResetAfter reset;

    Timed(Applied applied, Link link, ResetAfter reset) {
        super(applied, link);
        this.reset = reset;
    }

    @Override
    void act(Connection connection, boolean fresh, SplittableRandom random) {
        // One direction is enough to keep the time.
        connection.add(Direction.THERE, new Expiring(reset), applied());
    }
}
