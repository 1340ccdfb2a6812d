package dev.verdict.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Keeps parcels in order and knows how many bytes they are, its own and those of its event loop.
final class Held {
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private final AtomicLong all;
    private long bytes;

    /// @param all counts the bytes of everything that shares it
    Held(AtomicLong all) {
        this.all = all;
    }

    void add(Parcel parcel) {
        parcels.addLast(parcel);
        count(parcel.size());
    }

    /// Returns the first parcel without taking it.
    @Nullable
    Parcel peek() {
        return parcels.peekFirst();
    }

    @Nullable
    Parcel poll() {
        Parcel parcel = parcels.pollFirst();
        if (parcel != null) {
            count(-parcel.size());
        }
        return parcel;
    }

    /// Takes at most so many bytes of what is first; all of it if it is an end.
    @Nullable
    Parcel poll(int most) {
        if (parcels.peekFirst() instanceof Parcel.Bytes bytes && bytes.size() > most) {
            count(-most);
            return bytes.first(most);
        }
        return poll();
    }

    void clear() {
        count(-bytes);
        parcels.clear();
    }

    boolean isEmpty() {
        return parcels.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    /// Notes that bytes of the first parcel were used up.
    void count(long more) {
        bytes += more;
        all.addAndGet(more);
    }
}
