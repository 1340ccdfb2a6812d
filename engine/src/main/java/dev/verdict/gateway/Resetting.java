package dev.verdict.gateway;

import java.util.SplittableRandom;

/// Resets the connections that are open.
final class Resetting extends Grip {
    Resetting(Applied applied, Link link) {
        super(applied, link);
    }

    @Override
    boolean takes(boolean fresh) {
        return !fresh;
    }

    @Override
    void act(Connection connection, boolean fresh, SplittableRandom random) {
        connection.reset();
    }
}
