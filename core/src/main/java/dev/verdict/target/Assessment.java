package dev.verdict.target;

import dev.verdict.judge.TargetResult.Figure;
import dev.verdict.judge.TargetResult.State;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import java.util.Optional;

/// Is what follows for a target from what was measured.
record Assessment(State state, Optional<Figure> measured, long sample, String source, String reason) {
    static Assessment unmeasured(String reason) {
        return new Assessment(State.UNMEASURED, Optional.empty(), 0, "", reason);
    }

    /// Says that something was measured which is too little, or the wrong thing, to tell.
    static Assessment undecided(Figure number, long sample, String source, String reason) {
        return new Assessment(State.UNMEASURED, Optional.of(number), sample, source, reason);
    }

    static Assessment met(Figure number, long sample, String source) {
        return new Assessment(State.MET, Optional.of(number), sample, source, "");
    }

    static Assessment missed(Figure number, long sample, String source, String reason) {
        return new Assessment(State.MISSED, Optional.of(number), sample, source, reason);
    }

    static Figure number(double value, Unit unit) {
        return number(value, unit, "");
    }

    /// Returns a number that is compared with a quantity, in the currency of that.
    static Figure number(double value, Quantity like) {
        return new Figure(value, like.unit().name(), like.words(value), "");
    }

    static Figure number(double value, Unit unit, String interval) {
        return new Figure(value, unit.name(), Quantity.words(value, unit), interval);
    }

    /// Says an interval in words.
    static String words(Interval interval, double confidence, Unit unit) {
        String percent = Quantity.words(confidence, Unit.SHARE);
        if (Double.isInfinite(interval.low())) {
            return percent + " up to " + Quantity.words(interval.high(), unit);
        }
        return Double.isInfinite(interval.high())
                ? percent + " from " + Quantity.words(interval.low(), unit)
                : "%s %s to %s"
                        .formatted(
                                percent, Quantity.words(interval.low(), unit), Quantity.words(interval.high(), unit));
    }
}
