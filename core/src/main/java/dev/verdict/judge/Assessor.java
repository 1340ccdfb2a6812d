package dev.verdict.judge;

import java.util.List;

/// Holds what a run measured against the plan's targets.
@FunctionalInterface
public interface Assessor {
    /// Is for runs whose targets nobody looks at.
    Assessor NONE = (_, _) -> List.of();

    /// Assesses each target of the plan, in its order.
    ///
    /// @param scenarios what each of them came to
    List<TargetResult> assess(RunRecord run, List<ScenarioResult> scenarios);
}
