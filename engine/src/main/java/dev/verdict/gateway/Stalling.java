package dev.verdict.gateway;

/// Passes nothing on until its fault ends.
final class Stalling extends Holding {
    /// As much as a socket's buffer holds: the rest stays with the sender.
    private static final long MOST = 64 * 1024;

    @Override
    Rank rank() {
        return Rank.STALL;
    }

    @Override
    void take(Parcel parcel) {
        held().add(parcel);
    }

    @Override
    void due() {}

    @Override
    long most() {
        return MOST;
    }
}
