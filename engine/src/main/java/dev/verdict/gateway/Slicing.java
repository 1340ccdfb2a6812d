package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Slice;

/// Passes on a small piece at a time, with a pause after each.
final class Slicing extends Holding {
    private static final long MOST = 64 * 1024;

    private final Slice slice;
    private long next = System.nanoTime();

    Slicing(Slice slice) {
        this.slice = slice;
    }

    @Override
    Rank rank() {
        return Rank.SLICE;
    }

    @Override
    void take(Parcel parcel) {
        held().add(parcel);
        due();
    }

    @Override
    void due() {
        while (holds()) {
            long now = System.nanoTime();
            if (next - now > 0) {
                wake(next);
                return;
            }
            Parcel piece = held().poll(slice.size());
            if (piece != null) {
                pass(piece);
                next = now + slice.pause().toNanos();
            }
        }
    }

    @Override
    long most() {
        return Math.max(MOST, slice.size());
    }
}
