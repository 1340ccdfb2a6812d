package dev.verdict.gateway;

/// Passes bytes on as a meter lets them.
final class Throttling extends Holding {
    private final Meter meter;

    Throttling(Meter meter) {
        this.meter = meter;
    }

    @Override
    Rank rank() {
        return Rank.BANDWIDTH;
    }

    @Override
    void take(Parcel parcel) {
        boolean waits = holds();
        held().add(parcel);
        if (!waits) {
            meter.await(this);
        }
    }

    @Override
    void due() {}

    @Override
    long most() {
        return meter.ahead();
    }

    /// Returns how many bytes it would send next, at most so many.
    int piece(int most) {
        Parcel first = held().peek();
        return first == null ? 0 : Math.min(most, first.size());
    }

    /// Passes on what its turn allows.
    void serve(int bytes) {
        if (holds()) {
            Parcel piece = held().poll(bytes);
            if (piece != null) {
                pass(piece);
            }
            course().settle();
        }
    }
}
