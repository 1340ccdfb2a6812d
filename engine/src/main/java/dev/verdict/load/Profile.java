package dev.verdict.load;

import java.time.Duration;
import java.util.List;

/// Is a number that changes over time in straight lines: arrivals a second, or users.
public record Profile(List<Ramp> ramps) {
    private static final double NANOS = 1e9;

    /// Is one straight line.
    ///
    /// @param from the number at its start
    /// @param to the number at its end
    public record Ramp(double from, double to, Duration over) {
        public Ramp {
            if (!(from >= 0) || !(to >= 0) || !Double.isFinite(from + to) || over.isNegative()) {
                throw new IllegalArgumentException("a ramp from %s to %s over %s".formatted(from, to, over));
            }
        }

        private double seconds() {
            return over.toNanos() / NANOS;
        }

        private double area() {
            return (from + to) / 2 * seconds();
        }

        private double slope() {
            return over.isZero() ? 0 : (to - from) / seconds();
        }

        /// Solves `from t + slope t² / 2 = area` in the form that does not cancel for small slopes.
        private double secondsTo(double area) {
            double root = Math.sqrt(Math.max(0, from * from + 2 * slope() * area));
            return area <= 0 ? 0 : Math.min(seconds(), 2 * area / (from + root));
        }
    }

    public Profile {
        ramps = List.copyOf(ramps);
        if (ramps.isEmpty()) {
            throw new IllegalArgumentException("a profile of nothing");
        }
    }

    /// Returns a profile that does not change.
    public static Profile constant(double number, Duration over) {
        return new Profile(List.of(new Ramp(number, number, over)));
    }

    /// Returns how long it lasts.
    public Duration duration() {
        return ramps.stream().map(Ramp::over).reduce(Duration.ZERO, Duration::plus);
    }

    /// Returns the number at a time, in nanoseconds since the start; 0 after the end.
    public double at(long nanos) {
        double left = nanos / NANOS;
        for (Ramp ramp : ramps) {
            if (left < ramp.seconds()) {
                return ramp.from() + ramp.slope() * left;
            }
            left -= ramp.seconds();
        }
        return 0;
    }

    /// Returns the largest number.
    public double peak() {
        return ramps.stream()
                .mapToDouble(ramp -> Math.max(ramp.from(), ramp.to()))
                .max()
                .orElse(0);
    }

    /// Returns the area below it up to a time: so many arrivals are due by then.
    public double area(long nanos) {
        double left = nanos / NANOS;
        double area = 0;
        for (Ramp ramp : ramps) {
            double part = Math.clamp(left, 0, ramp.seconds());
            area += part * (ramp.from() + ramp.slope() * part / 2);
            left -= ramp.seconds();
        }
        return area;
    }

    /// Returns the time, in nanoseconds since the start, by which the area is reached; a negative
    /// number if it never is.
    public long timeOf(double area) {
        double before = 0;
        double left = area;
        for (Ramp ramp : ramps) {
            if (left < ramp.area()) {
                return Math.round((before + ramp.secondsTo(left)) * NANOS);
            }
            left -= ramp.area();
            before += ramp.seconds();
        }
        return -1;
    }
}
