package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Bandwidth;
import dev.verdict.plan.LinkFault.Direction;
import dev.verdict.plan.LinkFault.Per;
import java.util.SplittableRandom;

/// Gives the directions of a link's connections their meters, shared or one each.
final class Bandwidths extends Grip {
    private final Bandwidth bandwidth;
    private final Meter there;
    private final Meter back;

    Bandwidths(Applied applied, Link link, Bandwidth bandwidth) {
        super(applied, link);
        this.bandwidth = bandwidth;
        this.there = meter();
        this.back = meter();
    }

    @Override
    void act(Connection connection, boolean fresh, SplittableRandom random) {
        boolean shared = bandwidth.per() == Per.LINK;
        Direction directions = applied().fault().direction();
        if (directions.includes(Direction.THERE)) {
            connection.add(Direction.THERE, new Throttling(shared ? there : meter()), applied());
        }
        if (directions.includes(Direction.BACK)) {
            connection.add(Direction.BACK, new Throttling(shared ? back : meter()), applied());
        }
    }

    private Meter meter() {
        return new Meter(link().loop(), bandwidth.bytesPerSecond());
    }
}
