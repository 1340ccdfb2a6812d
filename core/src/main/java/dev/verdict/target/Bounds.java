package dev.verdict.target;

import dev.verdict.judge.TargetResult.Figure;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;

/// Compares single numbers with their bounds.
final class Bounds {
    private static final double SECOND = 1e9;

    private Bounds() {}

    static Assessment number(Target target, Measurement.Single measured) {
        return switch (target.bound()) {
            case Target.Max(Quantity most) -> single(measured, most, true);
            case Target.Min(Quantity least) -> single(measured, least, false);
            case Target.Within within -> within(measured, within);
            case Target.AtMost _, Target.AtLeast _, Target.Percentile _, Target.Leak _ -> noForm(measured);
            case Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> noForm(measured);
        };
    }

    private static Assessment noForm(Measurement.Single measured) {
        return Assessment.undecided(
                Assessment.number(measured.value(), measured.unit()),
                1,
                measured.source(),
                "it turned out to be one number, for which the bound is not meant");
    }

    private static Assessment single(Measurement.Single measured, Quantity bound, boolean most) {
        if (!comparable(measured.unit(), bound.unit())) {
            return otherUnit(Assessment.number(measured.value(), measured.unit()), 1, measured.source(), bound);
        }
        double value = in(bound.unit(), measured.value(), measured.unit());
        Figure number = Assessment.number(value, bound);
        boolean met = most ? value <= bound.number() : value >= bound.number();
        return met
                ? Assessment.met(number, 1, measured.source())
                : Assessment.missed(number, 1, measured.source(), number.words() + beyond(bound, most));
    }

    private static Assessment within(Measurement.Single measured, Target.Within within) {
        Quantity estimate = within.estimate();
        if (!comparable(measured.unit(), estimate.unit())) {
            return otherUnit(Assessment.number(measured.value(), measured.unit()), 1, measured.source(), estimate);
        }
        double value = in(estimate.unit(), measured.value(), measured.unit());
        Figure number = Assessment.number(value, estimate);
        double off = Math.abs(value - estimate.number());
        boolean met = off <= within.share().number() * Math.abs(estimate.number());
        return met
                ? Assessment.met(number, 1, measured.source())
                : Assessment.missed(
                        number,
                        1,
                        measured.source(),
                        "%s, %s %s of %s"
                                .formatted(
                                        number.words(),
                                        estimate.number() == 0
                                                ? "off"
                                                : Quantity.words(off / Math.abs(estimate.number()), Unit.SHARE)
                                                        + " off",
                                        "the estimate",
                                        estimate.text()));
    }

    /// Says by which bound a number is missed: `, at most 60 s`.
    static String beyond(Quantity bound, boolean most) {
        return ", %s %s".formatted(most ? "at most" : "at least", bound.text());
    }

    /// Tells whether a plain count, as of a metric, can stand for what the bound counts; what has a
    /// unit of its own can stand for nothing else.
    static boolean comparable(Unit measured, Unit bound) {
        return measured == bound || measured == Unit.COUNT;
    }

    /// Returns a number in the bound's unit: metrics count seconds, as Prometheus asks for.
    static double in(Unit bound, double value, Unit measured) {
        return measured == Unit.COUNT && bound == Unit.TIME ? value * SECOND : value;
    }

    static Assessment otherUnit(Figure number, long sample, String source, Quantity bound) {
        return Assessment.undecided(
                number, sample, source, "it is measured in another unit than the bound " + bound.text());
    }
}
