package dev.verdict.gateway;

/// Passes nothing on, ever. When its fault ends, a connection that misses something is reset.
final class Swallowing extends Stage {
    private boolean swallowed;

    @Override
    Rank rank() {
        return Rank.BLACK_HOLE;
    }

    @Override
    void take(Parcel parcel) {
        swallowed = true;
    }

    @Override
    void release() {
        if (swallowed) {
            course().connection().reset();
        }
    }
}
