package dev.verdict.target;

import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;

/// Says in words where a number must lie.
final class BoundWords {
    private BoundWords() {}

    static String of(Target target) {
        String words = switch (target.bound()) {
            case Target.Max(Quantity most) -> "max " + words(most);
            case Target.Min(Quantity least) -> "min " + words(least);
            case Target.AtMost(Quantity most) -> "at most " + words(most);
            case Target.AtLeast(Quantity least) -> "at least " + words(least);
            case Target.Percentile(double percentile, Quantity most) ->
                "p" + label(percentile) + " at most " + words(most);
            case Target.Within(Quantity share, Quantity estimate) ->
                "within " + words(share) + " of " + words(estimate);
            case Target.Leak leak ->
                "grows by at most %s over the last %s".formatted(leak.most().text(), Quantity.words(leak.over()));
            case Target.Overshoot(Quantity share, Quantity goal) ->
                "overshoots %s by at most %s".formatted(words(goal), words(share));
            case Target.Undershoot(Quantity share, Quantity goal) ->
                "undershoots %s by at most %s".formatted(words(goal), words(share));
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

    private static String words(Quantity quantity) {
        return quantity.unit() == Unit.MONEY ? quantity.text() : Quantity.words(quantity.number(), quantity.unit());
    }
}
