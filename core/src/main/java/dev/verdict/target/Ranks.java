package dev.verdict.target;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Says between which of some sorted, independent values a percentile lies, whatever their
/// distribution: how many of them lie below it is binomial. David and Nagaraja (2003), "Order
/// Statistics", section 7.1.
///
/// @param share of the values below the percentile, 0 to 1: 0.99 for p99
/// @param count of the values, at least 1
record Ranks(double share, long count) {
    /// Beyond this the binomial is replaced by the normal distribution, which is as good by then.
    private static final int MOST_EXACT = 1_000_000;

    /// Returns how many values it takes until a percentile is anything but their maximum.
    static long needed(double share) {
        return (long) Math.ceil(1 / (1 - share) - 1e-9);
    }

    /// Returns how many values it takes until the greatest of them is above the percentile with
    /// this confidence.
    static long needed(double share, double confidence) {
        return (long) Math.ceil(Math.log(1 - confidence) / Math.log(share) - 1e-9);
    }

    /// Returns the percentile's own rank, from 1: the nearest-rank definition, as HdrHistogram's.
    long rank() {
        return Math.clamp((long) Math.ceil(share * count - 1e-9), 1, count);
    }

    /// Returns the rank of the value that is not below the percentile with this confidence, from 1;
    /// `count + 1` if there is none.
    long upper(double confidence) {
        // P(value of rank r >= percentile) = P(at most r - 1 values are below)
        return quantile(confidence) + 1;
    }

    /// Returns the rank of the value that is not above the percentile with this confidence; 0 if
    /// there is none.
    long lower(double confidence) {
        // P(value of rank r <= percentile) = P(at least r values are below): the greatest such r
        return quantileBelow(1 - confidence);
    }

    /// Returns the smallest k with P(X <= k) >= probability.
    private long quantile(double probability) {
        if (count > MOST_EXACT) {
            return Math.clamp((long) Math.ceil(normal().inverseCumulativeProbability(probability) - 0.5), 0, count);
        }
        return binomial().inverseCumulativeProbability(probability);
    }

    /// Returns the greatest r with P(X >= r) >= 1 - probability, which is P(X <= r - 1) <=
    /// probability.
    private long quantileBelow(double probability) {
        if (count > MOST_EXACT) {
            return Math.clamp((long) Math.floor(normal().inverseCumulativeProbability(probability) + 0.5), 0, count);
        }
        BinomialDistribution below = binomial();
        int k = below.inverseCumulativeProbability(probability);
        // k is the first with P(X <= k) >= probability; only if equal may r be one more
        return below.cumulativeProbability(k) <= probability ? k + 1L : k;
    }

    private BinomialDistribution binomial() {
        return BinomialDistribution.of((int) count, share);
    }

    private NormalDistribution normal() {
        return NormalDistribution.of(share * count, Math.sqrt(share * (1 - share) * count));
    }
}
