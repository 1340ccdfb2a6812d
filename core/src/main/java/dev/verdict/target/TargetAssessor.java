package dev.verdict.target;

import dev.verdict.judge.Assessor;
import dev.verdict.judge.RunRecord;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.judge.TargetResult;
import dev.verdict.judge.TargetResult.State;
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

    static TargetResult assess(Target target, Measurement measurement) {
        Assessment assessment = switch (measurement) {
            case Measurement.Missing(String reason) -> Assessment.unmeasured(reason);
            case Measurement.LeftOut(String reason) -> new Assessment(State.LEFT_OUT, Optional.empty(), 0, "", reason);
            case Measurement.Single number -> Bounds.number(target, number);
            case Measurement.Share share -> Shares.assess(target, share);
            case Measurement.Values values ->
                Percentiles.assess(target, values.sorted(), values.unit(), values.source());
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
