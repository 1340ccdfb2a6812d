package dev.verdict.load;

import java.util.function.Supplier;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;

/// Holds histograms of nanoseconds with three significant digits; merging them loses nothing.
///
/// @param response from when a request was due until its answer was complete
/// @param service from when it was sent until then
/// @param lag from when it was due until it was sent, whoever is to blame
/// @param late from when it could have been sent until it was: the generator's own part of the lag
/// @param firstByte from when it was sent until the answer began
/// @param gap between two events of a stream
/// @param connect how long connections took to be made, TLS included
public record Latencies(
        AbstractHistogram response,
        AbstractHistogram service,
        AbstractHistogram lag,
        AbstractHistogram late,
        AbstractHistogram firstByte,
        AbstractHistogram gap,
        AbstractHistogram connect) {
    private static final int DIGITS = 3;

    /// Makes empty ones that count without bound.
    public static Latencies endless() {
        return of(() -> new Histogram(DIGITS));
    }

    /// Makes empty ones of half the size, which count up to two thousand million: for a second.
    static Latencies brief() {
        return of(() -> new IntCountsHistogram(DIGITS));
    }

    /// Adds what others hold.
    public void add(Latencies others) {
        response.add(others.response);
        service.add(others.service);
        lag.add(others.lag);
        late.add(others.late);
        firstByte.add(others.firstByte);
        gap.add(others.gap);
        connect.add(others.connect);
    }

    void clear() {
        response.reset();
        service.reset();
        lag.reset();
        late.reset();
        firstByte.reset();
        gap.reset();
        connect.reset();
    }

    private static Latencies of(Supplier<AbstractHistogram> one) {
        return new Latencies(one.get(), one.get(), one.get(), one.get(), one.get(), one.get(), one.get());
    }
}
