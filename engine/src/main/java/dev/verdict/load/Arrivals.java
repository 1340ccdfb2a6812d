package dev.verdict.load;

import java.util.SplittableRandom;

/// Walks through the times at which requests are due. The times are computed one by one, so that a
/// backlog of any length is but a place in this walk and costs no memory.
///
/// A slice takes each k-th arrival of the whole: k slices together are exactly the whole.
public final class Arrivals {
    /// Is the time after the last arrival.
    public static final long NEVER = Long.MAX_VALUE;

    private final Pace.Open pace;
    private final Slice slice;
    private final SplittableRandom random;
    private long index;
    private long due;
    private double area;

    /// Starts before the first arrival of a slice.
    public Arrivals(Pace.Open pace, Slice slice) {
        this.pace = pace;
        this.slice = slice;
        this.random = new SplittableRandom(pace.seed());
        this.index = -1;
        forward(slice.number() + 1);
    }

    /// Returns the number of the present arrival in the whole, from 0 on.
    public long index() {
        return index;
    }

    /// Returns when it is due, in nanoseconds since the start, or [#NEVER].
    public long due() {
        return due;
    }

    /// Goes to the next arrival.
    public void advance() {
        forward(slice.count());
    }

    /// Goes so many arrivals of the whole on; each has its own random number, whoever takes it.
    private void forward(int steps) {
        index += steps;
        if (pace.arrival() == Pace.Arrival.EVEN) {
            area = index;
        } else {
            for (int i = 0; i < steps; i++) {
                area -= Math.log1p(-random.nextDouble());
            }
        }
        long time = pace.rate().timeOf(area);
        due = time < 0 ? NEVER : time;
    }
}
