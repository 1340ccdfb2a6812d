package dev.verdict.target;

import dev.verdict.judge.TargetResult.Figure;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/// Compares values over time with their bounds.
final class SeriesBounds {
    /// Into how many pieces the time of a leak is cut; the least value of each stands for it.
    private static final int PIECES = 30;

    private static final double SURE = 0.05;

    private SeriesBounds() {}

    static Assessment assess(Target target, Measurement.Series series) {
        return switch (target.bound()) {
            case Target.Leak leak -> leak(leak, series);
            case Target.Overshoot(Quantity share, Quantity goal) ->
                excursion(series, goal, share, value -> value - goal.number());
            case Target.Undershoot(Quantity share, Quantity goal) ->
                excursion(series, goal, share, value -> goal.number() - value);
            case Target.Settled settled -> settled(settled, series);
            case Target.Within _ -> {
                Point last = series.points().getLast();
                yield Bounds.number(target, new Measurement.Single(last.value(), series.unit(), series.source()));
            }
            case Target.Max _, Target.Min _, Target.Percentile _, Target.AtMost _, Target.AtLeast _ ->
                withoutInterval(Percentiles.assess(
                        target,
                        Sorted.of(series.points().stream().map(Point::value).toList()),
                        series.unit(),
                        series.source()));
        };
    }

    /// Takes the interval away: samples depend on those before, and it would be too narrow.
    private static Assessment withoutInterval(Assessment assessment) {
        return new Assessment(
                assessment.state(),
                assessment.measured().map(figure -> new Figure(figure.value(), figure.unit(), figure.words(), "")),
                assessment.sample(),
                assessment.source(),
                assessment.reason());
    }

    /// Looks at the least values of equal pieces of time, so that what is freed now and then, as by
    /// a garbage collector, is no growth. Shown to grow too fast is missed, shown not to is met.
    private static Assessment leak(Target.Leak leak, Measurement.Series series) {
        double over = leak.over().toNanos() / 1e9;
        List<Point> all = series.points();
        double end = all.getLast().seconds();
        double lasted = end - all.getFirst().seconds();
        Unit rate = leak.most().unit();
        String seconds = Quantity.words(leak.over());
        // samples are a second apart: one may be missing at either end
        if (lasted < over - 2) {
            return Assessment.unmeasured("there are samples of %s, and %s are asked for"
                    .formatted(Quantity.words(lasted * 1e9, Unit.TIME), seconds));
        }
        List<Point> floor = floor(
                all.stream().filter(point -> point.seconds() >= end - over).toList(), end - over, over);
        if (floor.size() < Trend.LEAST_POINTS) {
            return Assessment.unmeasured("there are too few samples in " + seconds);
        }
        Trend trend = Trend.of(floor);
        Figure number = Assessment.number(
                trend.slope(), rate, Assessment.words(trend.interval(), 0.95, rate) + ", p " + shortened(trend.p()));
        if (trend.interval().high() <= leak.most().number()) {
            return Assessment.met(number, floor.size(), series.source());
        }
        String grows = "grows by %s where %s is allowed"
                .formatted(minute(trend.slope(), rate), leak.most().text());
        return trend.interval().low() > leak.most().number() && trend.p() < SURE
                ? Assessment.missed(number, floor.size(), series.source(), grows)
                : Assessment.undecided(
                        number,
                        floor.size(),
                        series.source(),
                        "it may grow by %s or not at all: so short a time does not tell"
                                .formatted(minute(trend.interval().high(), rate)));
    }

    private static String minute(double aSecond, Unit rate) {
        return Quantity.words(aSecond * 60, rate == Unit.BYTE_RATE ? Unit.BYTES : Unit.COUNT) + "/min";
    }

    private static String shortened(double p) {
        return p < 0.001 ? "< 0.001" : String.format(java.util.Locale.ROOT, "%.3f", p);
    }

    private static List<Point> floor(List<Point> points, double from, double over) {
        List<Point> floor = new ArrayList<>();
        for (int piece = 0; piece < PIECES; piece++) {
            double start = from + piece * over / PIECES;
            double end = piece == PIECES - 1 ? Double.POSITIVE_INFINITY : start + over / PIECES;
            points.stream()
                    .filter(point -> point.seconds() >= start && point.seconds() < end)
                    .min(java.util.Comparator.comparingDouble(Point::value))
                    .ifPresent(least -> floor.add(new Point(start + over / PIECES / 2, least.value())));
        }
        return floor;
    }

    /// Looks at what comes after the goal was first reached, from whichever side.
    private static Assessment excursion(
            Measurement.Series series, Quantity goal, Quantity allowed, DoubleUnaryOperator beyond) {
        if (!Bounds.comparable(series.unit(), goal.unit())) {
            return Assessment.undecided(
                    Assessment.number(series.points().getLast().value(), series.unit()),
                    series.points().size(),
                    series.source(),
                    "it is measured in another unit than the goal " + goal.text());
        }
        List<Double> values = series.points().stream()
                .map(point -> Bounds.in(goal.unit(), point.value(), series.unit()))
                .toList();
        int reached = reached(values, goal.number());
        if (reached < 0 || goal.number() <= 0) {
            return Assessment.undecided(
                    Assessment.number(values.getLast(), goal.unit()),
                    values.size(),
                    series.source(),
                    goal.number() <= 0
                            ? "a share of the goal needs a goal above 0"
                            : "the goal of %s was never reached".formatted(goal.text()));
        }
        double furthest = values.subList(reached, values.size()).stream()
                .mapToDouble(value -> beyond.applyAsDouble(value))
                .max()
                .orElse(0);
        double share = Math.max(0, furthest) / goal.number();
        Figure number = Assessment.number(share, Unit.SHARE);
        return share <= allowed.number()
                ? Assessment.met(number, values.size(), series.source())
                : Assessment.missed(
                        number, values.size(), series.source(), number.words() + Bounds.beyond(allowed, true));
    }

    private static int reached(List<Double> values, double goal) {
        boolean below = values.getFirst() < goal;
        for (int index = 0; index < values.size(); index++) {
            if (below ? values.get(index) >= goal : values.get(index) <= goal) {
                return index;
            }
        }
        return -1;
    }

    private static Assessment settled(Target.Settled settled, Measurement.Series series) {
        OptionalDouble begins = SteadyState.of(series.points());
        long sample = series.points().size();
        if (begins.isEmpty()) {
            return Assessment.undecided(
                    Assessment.number(series.points().getLast().value(), series.unit()),
                    sample,
                    series.source(),
                    "no steady state was seen");
        }
        Figure number = Assessment.number(begins.getAsDouble() * 1e9, Unit.TIME);
        return begins.getAsDouble() * 1e9 <= settled.after().toNanos()
                ? Assessment.met(number, sample, series.source())
                : Assessment.missed(
                        number,
                        sample,
                        series.source(),
                        "%s, at most %s".formatted(number.words(), Quantity.words(settled.after())));
    }
}
