package dev.verdict.target;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Finds where values over time come to their steady state.
///
/// The start is cut off where that makes the mean of the rest best known: MSER-5 of White (1997),
/// "An effective truncation heuristic for bias reduction in simulation output", Simulation 69, on
/// means of five. If that cuts more than half, no steady state was seen; nor was it if what is left
/// still has a trend.
final class SteadyState {
    private static final int BATCH = 5;
    private static final double SURE = 0.01;
    /// A mean that is known so well, as a share of the level, is known well enough.
    private static final double STEADY = 0.001;

    private SteadyState() {}

    /// Returns when the steady state begins, in seconds after the first value; empty if it was not
    /// reached, or there are fewer than 50 values.
    static OptionalDouble of(List<Point> points) {
        int batches = points.size() / BATCH;
        if (batches < Trend.LEAST_POINTS) {
            return OptionalDouble.empty();
        }
        double[] means = new double[batches];
        for (int batch = 0; batch < batches; batch++) {
            means[batch] = points.subList(batch * BATCH, (batch + 1) * BATCH).stream()
                    .mapToDouble(Point::value)
                    .average()
                    .orElseThrow();
        }
        int cut = cut(means);
        double begins = points.get(cut * BATCH).seconds() - points.getFirst().seconds();
        return cut > batches / 2 || stillMoves(points, means, cut) ? OptionalDouble.empty() : OptionalDouble.of(begins);
    }

    /// Returns after how many batches the squared standard error of the rest is no more than twice
    /// the least that any cut gives: the least alone, as in the paper, often cuts half of what was
    /// steady from the start, since few batches lie near each other by chance.
    private static int cut(double[] means) {
        double[] errors = errors(means);
        double least = Arrays.stream(errors).min().orElseThrow();
        return IntStream.range(0, errors.length)
                .filter(from -> errors[from] <= 2 * least)
                .findFirst()
                .orElseThrow();
    }

    /// Returns the squared standard error of what is left, by how many batches are cut off; at
    /// least five are left.
    private static double[] errors(double[] means) {
        double floor =
                STEADY * Math.abs(Trend.median(Arrays.stream(means).sorted().toArray()));
        double[] errors = new double[means.length - BATCH + 1];
        double sum = 0;
        double squares = 0;
        double shift = means[means.length - 1]; // keeps the squares of large values exact
        for (int from = means.length - 1; from >= 0; from--) {
            double value = means[from] - shift;
            sum += value;
            squares += value * value;
            double n = means.length - (double) from;
            if (from < errors.length) {
                errors[from] = Math.max(floor * floor, (squares - sum * sum / n) / (n * n));
            }
        }
        return errors;
    }

    /// Tells whether what is left goes on moving, by more than a tenth of its level on its way.
    private static boolean stillMoves(List<Point> points, double[] means, int cut) {
        int left = means.length - cut;
        if (left < Trend.LEAST_POINTS) {
            return false;
        }
        int each = Math.ceilDiv(left, Trend.MOST_POINTS);
        List<Point> batches = IntStream.range(cut, means.length)
                .filter(batch -> (batch - cut) % each == 0)
                .mapToObj(batch -> new Point(points.get(batch * BATCH).seconds(), means[batch]))
                .toList();
        if (batches.size() < Trend.LEAST_POINTS) {
            return false;
        }
        Trend trend = Trend.of(batches);
        double way = trend.slope()
                * (batches.getLast().seconds() - batches.getFirst().seconds());
        double[] sorted = batches.stream().mapToDouble(Point::value).sorted().toArray();
        return trend.p() < SURE && Math.abs(way) > 0.1 * Math.abs(Trend.median(sorted));
    }
}
