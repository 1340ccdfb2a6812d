package dev.verdict.target;

import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// Is so many of so many independent trials, and what they say of the probability behind them.
///
/// @param successes 0 to `trials`
/// @param trials at least 1
public record Proportion(long successes, long trials) {
    private static final long MOST_TRIALS = 1L << 40;

    public Proportion {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException("%d of %d is no proportion".formatted(successes, trials));
        }
    }

    /// Returns the share that was seen, 0 to 1.
    public double share() {
        return (double) successes / trials;
    }

    /// Returns the score interval, two-sided: the one to show, since its coverage is near its
    /// confidence on average. Wilson (1927), "Probable inference, the law of succession, and
    /// statistical inference", JASA 22; without correction for continuity.
    public Interval wilson(double confidence) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        double n = trials;
        double middle = (share() + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(share() * (1 - share()) / n + z * z / (4 * n * n));
        // exactly, not but for the last digit
        return new Interval(successes == 0 ? 0 : middle - half, successes == trials ? 1 : middle + half);
    }

    /// Returns the exact interval, two-sided: it never covers less than its confidence. Clopper and
    /// Pearson (1934), "The use of confidence or fiducial limits", Biometrika 26, by quantiles of
    /// the beta distribution.
    public Interval exact(double confidence) {
        double each = (1 + confidence) / 2;
        return new Interval(lower(each), upper(each));
    }

    /// Returns what the probability is at least, with this confidence: one side of the exact
    /// interval.
    public double lower(double confidence) {
        return successes == 0
                ? 0
                : BetaDistribution.of((double) successes, (double) (trials - successes) + 1)
                        .inverseCumulativeProbability(1 - confidence);
    }

    /// Returns what the probability is at most, with this confidence.
    public double upper(double confidence) {
        return successes == trials
                ? 1
                : BetaDistribution.of(successes + 1.0, (double) trials - successes)
                        .inverseSurvivalProbability(1 - confidence);
    }

    /// Returns how many trials in all it takes to show that the probability is at least `share`
    /// with this confidence, if all further ones succeed.
    ///
    /// @return [Long#MAX_VALUE] if no number of trials can
    public static long trialsNeeded(long failures, double share, double confidence) {
        if (share >= 1) {
            return Long.MAX_VALUE;
        }
        long enough = Math.max(1, failures + 1);
        while (!shows(failures, enough, share, confidence)) {
            enough *= 2;
            if (enough > MOST_TRIALS) {
                return Long.MAX_VALUE;
            }
        }
        long few = enough / 2;
        while (enough - few > 1) {
            long middle = few + (enough - few) / 2;
            if (middle > failures && shows(failures, middle, share, confidence)) {
                enough = middle;
            } else {
                few = middle;
            }
        }
        return enough;
    }

    private static boolean shows(long failures, long trials, double share, double confidence) {
        return new Proportion(trials - failures, trials).lower(confidence) >= share;
    }
}
