package dev.verdict.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/// Is a number that the system must reach, bound to a measurement.
///
/// @param name unique in the plan
/// @param confidence with which a share or percentile must be shown to reach the bound, 0 to 1; if
///     absent, what was measured is compared as it is
public record Target(String name, Source of, Bound bound, OptionalDouble confidence) {
    /// Says what is measured.
    public sealed interface Source {
        /// Returns what a plan says, for people.
        String words();
    }

    /// Is what a run measures by itself.
    ///
    /// @param subject a service, a suite, `SUITE/LOAD`, `SUITE/LOAD/REQUEST`, or what the measure
    ///     names itself
    /// @param prices for the cost of a run
    public record Measured(String subject, Measure measure, Optional<Prices> prices) implements Source {
        @Override
        public String words() {
            return subject + "." + measure.word();
        }
    }

    /// Is what scenarios report under a name, by a step or from code.
    public record Reported(String value) implements Source {
        @Override
        public String words() {
            return "reported." + value;
        }
    }

    /// Is a metric of a service, read once a second while the phases run.
    ///
    /// @param metric with labels that it must have at least, as `orders_total{state="paid"}`
    /// @param from the address of a page in the Prometheus text format
    /// @param over the metric of which it is a share
    public record Metric(String metric, Text from, Optional<String> over) implements Source {
        @Override
        public String words() {
            return metric + over.map(whole -> " over " + whole).orElse("");
        }
    }

    /// Is the answer to a query, asked once a second while the phases run.
    ///
    /// @param from the address of a Prometheus server
    public record Query(String query, Text from) implements Source {
        @Override
        public String words() {
            return query;
        }
    }

    /// Says what an hour of one processor, and of a GiB of memory, costs.
    public record Prices(Quantity processor, Quantity memory) {}

    /// Says where what is measured must lie.
    public sealed interface Bound {}

    /// No value is greater.
    public record Max(Quantity most) implements Bound {}

    /// No value is less.
    public record Min(Quantity least) implements Bound {}

    /// The share is not greater.
    public record AtMost(Quantity most) implements Bound {}

    /// The share is not less.
    public record AtLeast(Quantity least) implements Bound {}

    /// So many of a hundred values are not greater.
    ///
    /// @param percentile as 99.9
    public record Percentile(double percentile, Quantity most) implements Bound {}

    /// The number is not further from its estimate than a share of that.
    public record Within(Quantity share, Quantity estimate) implements Bound {}

    /// Values over time do not grow faster.
    ///
    /// @param over the last part of the run, which is looked at
    public record Leak(Duration over, Quantity most) implements Bound {}

    /// Values over time, once at the goal, do not go further beyond it.
    ///
    /// @param share of the goal
    public record Overshoot(Quantity share, Quantity goal) implements Bound {}

    /// Values over time, once at the goal, do not fall further below it.
    ///
    /// @param share of the goal
    public record Undershoot(Quantity share, Quantity goal) implements Bound {}

    /// Values over time are in their steady state after so long.
    public record Settled(Duration after) implements Bound {}
}
