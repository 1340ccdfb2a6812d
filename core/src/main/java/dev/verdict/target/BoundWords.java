package dev.verdict.target;

import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;

/// Says in words where a number must lie.
final class BoundWords {
    private BoundWords() {}

    static String of(Target target) {
        String words = switch (target.bound()) {
            case Target.Max(Quantity most) -> "max " + most.text();
            case Target.Min(Quantity least) -> "min " + least.text();
            case Target.AtMost(Quantity most) -> "at most " + most.text();
            case Target.AtLeast(Quantity least) -> "at least " + least.text();
            case Target.Percentile(double percentile, Quantity most) ->
                "p" + label(percentile) + " at most " + most.text();
            case Target.Within(Quantity share, Quantity estimate) ->
                "within " + share.text() + " of " + estimate.text();
            case Target.Leak leak ->
                "grows by at most %s over the last %s".formatted(leak.most().text(), Quantity.words(leak.over()));
            case Target.Overshoot(Quantity share, Quantity goal) ->
                "overshoots %s by at most %s".formatted(goal.text(), share.text());
            case Target.Undershoot(Quantity share, Quantity goal) ->
                "undershoots %s by at most %s".formatted(goal.text(), share.text());
            case Target.Settled settled -> "settled after " + Quantity.words(settled.after());
        };
        return target.confidence().isPresent()
                ? words + ", with " + Quantity.words(target.confidence().getAsDouble(), Unit.SHARE) + " confidence"
                : words;
    }

    /// Returns a percentile as a plan has it: `99.9`.
    static String label(double percentile) {
        return percentile == Math.rint(percentile) ? Long.toString((long) percentile) : Double.toString(percentile);
    }
}
