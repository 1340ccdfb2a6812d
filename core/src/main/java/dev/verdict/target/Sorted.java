package dev.verdict.target;

import java.util.Arrays;
import java.util.Collection;
import org.HdrHistogram.Histogram;

/// Holds values in order, by rank.
interface Sorted {
    /// Returns how many there are.
    long count();

    /// Returns the value of a rank, from 1 for the least.
    double at(long rank);

    /// Sorts values.
    static Sorted of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Sorted() {
            @Override
            public long count() {
                return sorted.length;
            }

            @Override
            public double at(long rank) {
                return sorted[Math.toIntExact(rank) - 1];
            }

            @Override
            public String toString() {
                return Arrays.toString(sorted);
            }
        };
    }

    /// Wraps a histogram, whose values are exact to a thousandth.
    static Sorted of(Histogram histogram) {
        return new Sorted() {
            @Override
            public long count() {
                return histogram.getTotalCount();
            }

            @Override
            public double at(long rank) {
                long seen = 0;
                for (var value : histogram.recordedValues()) {
                    seen += value.getCountAddedInThisIterationStep();
                    if (seen >= rank) {
                        return Math.min(
                                histogram.highestEquivalentValue(value.getValueIteratedTo()), histogram.getMaxValue());
                    }
                }
                throw new IllegalArgumentException("rank " + rank + " of " + histogram.getTotalCount());
            }
        };
    }
}
