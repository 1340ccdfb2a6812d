package dev.verdict.load.wire;

import java.util.List;

/// Draws requests by their weights. What is drawn follows from the seed and the request's number in
/// the whole load, whichever slice sends it.
public final class Mix {
    private final int[] ends;
    private final long seed;

    /// Makes a mix of requests of these weights.
    public Mix(List<Integer> weights, long seed) {
        this.seed = seed;
        ends = new int[weights.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end = Math.addExact(end, weights.get(i));
            ends[i] = end;
        }
    }

    /// Returns which is the load's n-th request.
    public int draw(long index) {
        if (ends.length == 1) {
            return 0;
        }
        long place = Long.remainderUnsigned(mixed(seed + index * 0x9E3779B97F4A7C15L), ends[ends.length - 1]);
        int drawn = 0;
        while (ends[drawn] <= place) {
            drawn++;
        }
        return drawn;
    }

    /// Is the finalizer of SplitMix64 (Steele, Lea, Flood 2014; constants by Stafford).
    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
