package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Corrupt;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Changes bytes at random places, which do not depend on how the bytes come in pieces.
final class Corrupting extends Stage {
    private final Corrupt corrupt;
    private final SplittableRandom random;
    /// Bytes to leave alone before the next one that is changed.
    private long gap;

    Corrupting(Corrupt corrupt, SplittableRandom random) {
        this.corrupt = corrupt;
        this.random = random;
        this.gap = nextGap();
    }

    @Override
    Rank rank() {
        return Rank.CORRUPT;
    }

    @Override
    void take(Parcel parcel) {
        if (parcel instanceof Parcel.Bytes(ByteBuffer bytes)) {
            long at = bytes.position() + gap;
            for (; at < bytes.limit(); at += 1 + nextGap()) {
                // Never the same byte: 0 is not among what it is combined with.
                bytes.put((int) at, (byte) (bytes.get((int) at) ^ random.nextInt(1, 256)));
            }
            gap = at - bytes.limit();
        }
        pass(parcel);
    }

    /// Draws by inversion from the geometric distribution: the bytes between two that are changed
    /// if each is with the same probability.
    private long nextGap() {
        if (corrupt.share() == 1) {
            return 0;
        }
        return (long) (Math.log1p(-random.nextDouble()) / Math.log1p(-corrupt.share()));
    }
}
