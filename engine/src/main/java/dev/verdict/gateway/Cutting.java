package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.ResetAfterBytes;

/// Passes a number of bytes on, and a reset behind the last of them.
final class Cutting extends Stage {
    private long left;

    Cutting(ResetAfterBytes reset) {
        this.left = reset.bytes();
    }

    @Override
    Rank rank() {
        return Rank.CUT;
    }

    @Override
    void begin() {
        if (left == 0) {
            pass(Parcel.End.RESET);
        }
    }

    @Override
    void take(Parcel parcel) {
        if (left == 0) {
            return;
        }
        if (parcel instanceof Parcel.Bytes bytes && bytes.size() >= left) {
            pass(bytes.first((int) left));
            left = 0;
            pass(Parcel.End.RESET);
        } else {
            left -= parcel.size();
            pass(parcel);
        }
    }
}
