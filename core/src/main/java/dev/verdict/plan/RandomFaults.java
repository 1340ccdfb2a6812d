package dev.verdict.plan;

import java.time.Duration;
import java.util.List;

/// Describes a schedule of faults that the run's seed draws.
///
/// @param kinds of faults, each one that [RandomKind] knows
/// @param targets services, and links for the kinds that act on links; empty for every service
/// @param lasting how long the schedule is, its quiet end included
/// @param quiet how long at the end no fault acts, so that the system can recover
/// @param every mean time between the starts of two faults, before the seed varies it
/// @param longest that one fault may act
public record RandomFaults(
        List<String> kinds,
        List<FaultTarget> targets,
        Duration lasting,
        Duration quiet,
        Duration every,
        Duration longest)
        implements FaultSpec {
    public RandomFaults {
        kinds = List.copyOf(kinds);
        targets = List.copyOf(targets);
    }
}
