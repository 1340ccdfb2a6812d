package dev.verdict.target;

import dev.verdict.judge.TargetResult.Figure;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;

/// Compares several values with their bounds: the greatest, the least, a percentile.
final class Percentiles {
    private static final double SHOWN = 0.95;

    private Percentiles() {}

    static Assessment assess(Target target, Sorted sorted, Unit unit, String source) {
        return switch (target.bound()) {
            case Target.Max(Quantity most) ->
                extreme(sorted.at(sorted.count()), sorted.count(), unit, source, most, true);
            case Target.Min(Quantity least) -> extreme(sorted.at(1), sorted.count(), unit, source, least, false);
            case Target.Percentile percentile -> percentile(target, percentile, sorted, unit, source);
            case Target.Within within
            when sorted.count() == 1 -> Bounds.number(target, new Measurement.Single(sorted.at(1), unit, source));
            case Target.Within _, Target.AtMost _, Target.AtLeast _, Target.Leak _ -> noForm(sorted, unit, source);
            case Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> noForm(sorted, unit, source);
        };
    }

    private static Assessment noForm(Sorted sorted, Unit unit, String source) {
        return Assessment.undecided(
                Assessment.number(sorted.at(sorted.count()), unit),
                sorted.count(),
                source,
                "it turned out to be several values, for which the bound is not meant");
    }

    private static Assessment extreme(
            double value, long count, Unit unit, String source, Quantity bound, boolean most) {
        if (!Bounds.comparable(unit, bound.unit())) {
            return Bounds.otherUnit(Assessment.number(value, unit), count, source, bound);
        }
        double number = Bounds.in(bound.unit(), value, unit);
        Figure shown = Assessment.number(number, bound.unit());
        boolean met = most ? number <= bound.number() : number >= bound.number();
        return met
                ? Assessment.met(shown, count, source)
                : Assessment.missed(shown, count, source, shown.words() + Bounds.beyond(bound, most));
    }

    private static Assessment percentile(
            Target target, Target.Percentile wanted, Sorted sorted, Unit unit, String source) {
        Quantity most = wanted.most();
        double share = wanted.percentile() / 100;
        long count = sorted.count();
        Ranks ranks = new Ranks(share, count);
        if (!Bounds.comparable(unit, most.unit())) {
            return Bounds.otherUnit(Assessment.number(sorted.at(ranks.rank()), unit), count, source, most);
        }
        Values values = new Values(sorted, most.unit(), unit);
        double value = values.at(ranks.rank());
        Figure number = Assessment.number(
                value,
                most.unit(),
                Assessment.words(
                        new Interval(values.at(ranks.lower((1 + SHOWN) / 2)), values.at(ranks.upper((1 + SHOWN) / 2))),
                        SHOWN,
                        most.unit()));
        String label = "p" + BoundWords.label(wanted.percentile());
        String reason = "%s is %s%s".formatted(label, number.words(), Bounds.beyond(most, true));
        if (target.confidence().isPresent()) {
            double confidence = target.confidence().getAsDouble();
            if (values.at(ranks.upper(confidence)) <= most.number()) {
                return Assessment.met(number, count, source);
            }
            return values.at(ranks.lower(confidence)) > most.number()
                    ? Assessment.missed(number, count, source, reason)
                    : Assessment.undecided(number, count, source, tooFew(label, share, count, confidence));
        }
        if (value > most.number()) {
            return Assessment.missed(number, count, source, reason);
        }
        long needed = Ranks.needed(share);
        return count < needed
                ? Assessment.undecided(
                        number,
                        count,
                        source,
                        "%s of %,d values is no more than their greatest; it takes %,d".formatted(label, count, needed))
                : Assessment.met(number, count, source);
    }

    private static String tooFew(String label, double share, long count, double confidence) {
        long least = Ranks.needed(share, confidence);
        String sure = Quantity.words(confidence, Unit.SHARE) + " confidence";
        return count < least
                ? "%,d values do not tell %s with %s; it takes %,d at least".formatted(count, label, sure, least)
                : "%s lies too near its bound for %,d values to tell with %s".formatted(label, count, sure);
    }

    /// Answers ranks beyond both ends too: nothing is known there.
    private record Values(Sorted sorted, Unit bound, Unit unit) {
        double at(long rank) {
            if (rank < 1) {
                return Double.NEGATIVE_INFINITY;
            }
            return rank > sorted.count() ? Double.POSITIVE_INFINITY : Bounds.in(bound, sorted.at(rank), unit);
        }
    }
}
