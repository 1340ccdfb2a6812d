package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.SlowClose;

/// Passes bytes on at once and their end later.
final class SlowClosing extends Holding {
    private final SlowClose slow;

    SlowClosing(SlowClose slow) {
        this.slow = slow;
    }

    @Override
    Rank rank() {
        return Rank.CLOSE;
    }

    @Override
    void take(Parcel parcel) {
        if (parcel == Parcel.End.ORDERLY) {
            held().add(parcel);
            wake(System.nanoTime() + slow.by().toNanos());
        } else {
            pass(parcel);
        }
    }

    @Override
    void due() {
        release();
    }

    @Override
    long most() {
        return Long.MAX_VALUE;
    }
}
