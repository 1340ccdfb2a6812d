package dev.verdict.target;

import dev.verdict.plan.Quantity.Unit;
import java.util.List;
import java.util.Optional;

/// Is what a run measured for a target.
sealed interface Measurement {
    /// Is nothing.
    ///
    /// @param reason one clause for people
    record Missing(String reason) implements Measurement {}

    /// Is nothing, since it was left out on somebody's word.
    record LeftOut(String reason) implements Measurement {}

    /// Is one number.
    record Single(double value, Unit unit, String source) implements Measurement {}

    /// Is so many of so many.
    record Share(Proportion proportion, String source) implements Measurement {}

    /// Is at least one value, in order.
    ///
    /// @param late how late whoever measures was, where that is part of the values
    record Values(Sorted sorted, Unit unit, String source, Optional<Sorted> late) implements Measurement {
        /// Is measured without an error of its own.
        Values(Sorted sorted, Unit unit, String source) {
            this(sorted, unit, source, Optional.empty());
        }
    }

    /// Is at least one value with its time, in the order of these.
    record Series(List<Point> points, Unit unit, String source) implements Measurement {
        public Series {
            points = List.copyOf(points);
        }
    }
}
