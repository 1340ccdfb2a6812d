package dev.verdict.gateway;

import java.util.SplittableRandom;

/// Refuses new connections.
///
/// The operating system accepts before a listener is asked, so a connection can only be refused
/// while nobody listens. That is all or nothing: where the fault acts on some only, those are
/// accepted and reset.
final class Refusing extends Grip {
    private final boolean all;

    Refusing(Applied applied, Link link) {
        super(applied, link);
        this.all = applied.fault().probability() == 1 && applied.fault().first() == Long.MAX_VALUE;
    }

    @Override
    void begin() {
        if (all) {
            link().deafen();
        }
    }

    @Override
    void end() {
        if (all) {
            link().listen();
        }
    }

    @Override
    boolean takes(boolean fresh) {
        return fresh;
    }

    @Override
    void act(Connection connection, boolean fresh, SplittableRandom random) {
        link().countRefused();
        connection.reset();
    }
}
