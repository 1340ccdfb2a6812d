package dev.verdict.gateway;

import java.util.SplittableRandom;

/// Is the hold of an HTTP fault: meets every connection, and chooses among answers.
final class HttpGrip extends Grip {
    private final HttpChange change;
    private boolean complained;

    HttpGrip(Applied applied, Link link, HttpChange change) {
        super(applied, link);
        this.change = change;
    }

    HttpChange change() {
        return change;
    }

    @Override
    boolean chooses(SplittableRandom random) {
        return true;
    }

    @Override
    void act(Connection connection, boolean fresh, SplittableRandom random) {
        connection.change(this, random);
    }

    /// Tells, once a link, why the fault does not act.
    void complain(String reason) {
        if (!complained) {
            complained = true;
            link().complain("'%s %s' has no effect from %s: %s"
                    .formatted(link().to(), applied().fault().summary(), link().from(), reason));
        }
    }
}
