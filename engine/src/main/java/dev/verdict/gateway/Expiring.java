package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.ResetAfter;
import org.jspecify.annotations.Nullable;

/// Resets the connection when its time is over. Traffic does not prolong it.
final class Expiring extends Stage {
    private final ResetAfter reset;
    private Loop.@Nullable Timer timer;

    Expiring(ResetAfter reset) {
        this.reset = reset;
    }

    @Override
    Rank rank() {
        return Rank.CUT;
    }

    @Override
    void begin() {
        long time = System.nanoTime() + reset.after().toNanos();
        timer = course().at(time, () -> course().connection().reset());
    }

    @Override
    void take(Parcel parcel) {
        pass(parcel);
    }

    @Override
    void discard() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
