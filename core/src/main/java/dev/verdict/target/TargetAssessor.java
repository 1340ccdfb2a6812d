package dev.verdict.target;

import dev.verdict.judge.Assessor;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.TargetResult.State;
import dev.verdict.plan.Quantity;
import dev.verdict.plan.Quantity.Unit;
import dev.verdict.plan.Target;
import java.util.List;
import java.util.Optional;

/// Holds what a run measured against the plan's targets. A number that is not there, or that rests
/// on too little, is unmeasured, which is never met. See docs/targets.md for the rules.
public final class TargetAssessor implements Assessor {
    @Override
    public List<TargetResult> assess(RunRecord run, List<ScenarioResult> scenarios) {
        Measuring measuring = new Measuring(run, scenarios);
        return run.plan().targets().stream()
                .map(target -> assess(target, measuring.measure(target.of())))
                .toList();
    }

    /// Takes back that a bound is missed, if whoever measured was late by as much as it is missed by.
    private static Assessment fair(Target target, Measurement.Values values, Assessment assessment) {
        if (assessment.state() != State.MISSED || values.late().isEmpty()) {
            return assessment;
        }
        Sorted late = values.late().get();
        Sorted sorted = values.sorted();
        return switch (target.bound()) {
            case Target.Percentile percentile -> {
                double share = percentile.percentile() / 100;
                yield without(
                        assessment,
                        sorted.at(new Ranks(share, sorted.count()).rank()),
                        late.at(new Ranks(share, late.count()).rank()),
                        percentile.most().number());
            }
            case Target.Max max ->
                without(
                        assessment,
                        sorted.at(sorted.count()),
                        late.at(late.count()),
                        max.most().number());
            case Target.Min _, Target.AtMost _, Target.AtLeast _, Target.Within _, Target.Leak _ -> assessment;
            case Target.Overshoot _, Target.Undershoot _, Target.Settled _ -> assessment;
        };
    }

    private static Assessment without(Assessment missed, double value, double late, double most) {
        return value - late > most
                ? missed
                : Assessment.undecided(
                        missed.measured().orElseThrow(),
                        missed.sample(),
                        missed.source(),
                        "%s; but the generator itself was late by up to %s"
                                .formatted(missed.reason(), Quantity.words(late, Unit.TIME)));
    }

    static TargetResult assess(Target target, Measurement measurement) {
        Assessment assessment = switch (measurement) {
            case Measurement.Missing(String reason) -> Assessment.unmeasured(reason);
            case Measurement.LeftOut(String reason) -> new Assessment(State.LEFT_OUT, Optional.empty(), 0, "", reason);
            case Measurement.Single number -> Bounds.number(target, number);
            case Measurement.Share share -> Shares.assess(target, share);
            case Measurement.Values values ->
                fair(target, values, Percentiles.assess(target, values.sorted(), values.unit(), values.source()));
            case Measurement.Series series -> SeriesBounds.assess(target, series);
        };
        return new TargetResult(
                target.name(),
                assessment.state(),
                target.of().words(),
                BoundWords.of(target),
                assessment.measured(),
                assessment.sample(),
                assessment.source(),
                assessment.reason(),
                List.of());
    }
}
