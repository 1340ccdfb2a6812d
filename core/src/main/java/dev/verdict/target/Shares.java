package dev.verdict.target;

import dev.verdict.judge.TargetResult.Figure;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;

/// Compares shares with their bounds: as they are, or with the confidence that is asked for.
final class Shares {
    private static final double SHOWN = 0.95;

    private Shares() {}

    static Assessment assess(Target target, Measurement.Share measured) {
        return switch (target.bound()) {
            case Target.AtLeast(Quantity least) -> bounded(target, measured, least, false);
            case Target.AtMost(Quantity most) -> bounded(target, measured, most, true);
            case Target.Max _, Target.Min _, Target.Percentile _, Target.Within _, Target.Leak _ -> noForm(measured);
            case Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> noForm(measured);
        };
    }

    private static Assessment noForm(Measurement.Share measured) {
        return Assessment.undecided(
                number(measured.proportion()),
                measured.proportion().trials(),
                measured.source(),
                "it turned out to be a share, for which the bound is not meant");
    }

    private static Figure number(Proportion proportion) {
        return Assessment.number(
                proportion.share(), Unit.SHARE, Assessment.words(proportion.wilson(SHOWN), SHOWN, Unit.SHARE));
    }

    private static Assessment bounded(Target target, Measurement.Share measured, Quantity bound, boolean most) {
        Proportion proportion = measured.proportion();
        long trials = proportion.trials();
        Figure number = number(proportion);
        String reason =
                "%s (%d of %d)%s".formatted(number.words(), proportion.successes(), trials, Bounds.beyond(bound, most));
        if (target.confidence().isPresent()) {
            return sure(target.confidence().getAsDouble(), measured, bound.number(), most, reason);
        }
        double share = proportion.share();
        boolean met = most ? share <= bound.number() : share >= bound.number();
        return met
                ? Assessment.met(number, trials, measured.source())
                : Assessment.missed(number, trials, measured.source(), reason);
    }

    /// Asks whether the probability behind the trials is where it must be: shown, refuted, or not
    /// to be told from so few.
    private static Assessment sure(
            double confidence, Measurement.Share measured, double bound, boolean most, String reason) {
        // what is to be shown is that one of two shares, which add up to all, is large enough
        Proportion seen = measured.proportion();
        Proportion wanted = most ? new Proportion(seen.trials() - seen.successes(), seen.trials()) : seen;
        double least = most ? 1 - bound : bound;
        Figure number = number(seen);
        if (wanted.lower(confidence) >= least) {
            return Assessment.met(number, seen.trials(), measured.source());
        }
        if (wanted.upper(confidence) < least) {
            return Assessment.missed(number, seen.trials(), measured.source(), reason);
        }
        long needed = Proportion.trialsNeeded(wanted.trials() - wanted.successes(), least, confidence);
        String more = needed == Long.MAX_VALUE
                ? "no number of them can show it"
                : "it takes %,d, if all others are good".formatted(needed);
        return Assessment.undecided(
                number,
                seen.trials(),
                measured.source(),
                "%d of %d do not tell with %s confidence; %s"
                        .formatted(seen.successes(), seen.trials(), Quantity.words(confidence, Unit.SHARE), more));
    }
}
