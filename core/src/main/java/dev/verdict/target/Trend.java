package dev.verdict.target;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Tells whether values grow with time, and how fast, without asking how they are distributed.
///
/// @param slope the median of the slopes between any two points, a second: Theil (1950) and Sen
///     (1968), "Estimates of the regression coefficient based on Kendall's tau", JASA 63
/// @param interval of the slope, at 95 %, by Sen's method
/// @param p how likely so strong a trend, up or down, is where there is none: Mann (1945) and
///     Kendall (1975), with correction for ties and continuity
/// @param points how many values it rests on
public record Trend(double slope, Interval interval, double p, int points) {
    /// Fewer say nothing: the normal approximation holds from about ten on.
    static final int LEAST_POINTS = 10;

    /// More would take long and say nothing new: pairs grow with the square.
    static final int MOST_POINTS = 2_000;

    private static final double CONFIDENCE = 0.95;

    /// Finds the trend of values in the order of their time.
    ///
    /// @throws IllegalArgumentException if there are fewer than 10 or more than 2,000
    public static Trend of(List<Point> points) {
        int n = points.size();
        if (n < LEAST_POINTS || n > MOST_POINTS) {
            throw new IllegalArgumentException(n + " points; a trend takes " + LEAST_POINTS + " to " + MOST_POINTS);
        }
        double[] slopes = new double[n * (n - 1) / 2];
        long s = 0;
        int next = 0;
        for (int later = 1; later < n; later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                double change = points.get(later).value() - points.get(earlier).value();
                s += (long) Math.signum(change);
                slopes[next++] = change
                        / (points.get(later).seconds() - points.get(earlier).seconds());
            }
        }
        Arrays.sort(slopes);
        double deviation = Math.sqrt(variance(points));
        double z = deviation == 0 ? 0 : (s - Math.signum((double) s)) / deviation;
        NormalDistribution normal = NormalDistribution.of(0, 1);
        double p = Math.min(1, 2 * normal.survivalProbability(Math.abs(z)));
        return new Trend(median(slopes), interval(slopes, deviation), p, n);
    }

    /// Returns the variance of Kendall's S, corrected for values that are equal.
    private static double variance(List<Point> points) {
        Map<Double, Integer> ties = new HashMap<>();
        points.forEach(point -> ties.merge(point.value(), 1, Integer::sum));
        double n = points.size();
        double tied = ties.values().stream()
                .mapToDouble(t -> (double) t * (t - 1) * (2.0 * t + 5))
                .sum();
        return (n * (n - 1) * (2 * n + 5) - tied) / 18;
    }

    /// Takes the slopes whose ranks are as far from the middle as S may be by chance; Gilbert
    /// (1987), "Statistical Methods for Environmental Pollution Monitoring", section 16.5.1.
    private static Interval interval(double[] slopes, double deviation) {
        double c = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - CONFIDENCE) / 2) * deviation;
        int low = (int) Math.round((slopes.length - c) / 2) - 1;
        int high = (int) Math.round((slopes.length + c) / 2);
        return new Interval(
                low < 0 ? Double.NEGATIVE_INFINITY : slopes[low],
                high >= slopes.length ? Double.POSITIVE_INFINITY : slopes[high]);
    }

    static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
