package dev.verdict.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Says when a fault acts on a target.
///
/// @param at from the suite's start
/// @param lasting how long; empty until the suite ends, zero until it has acted, as for a kill
///     after which the service is started again
/// @param every from one start to the next; zero if it acts once
/// @param times how often it acts, at least once
public record ScheduledFault(
        Fault fault, FaultTarget target, Duration at, Optional<Duration> lasting, Duration every, int times)
        implements FaultSpec {
    public ScheduledFault {
        if (times < 1 || (times > 1) != every.isPositive()) {
            throw new IllegalArgumentException("a fault is repeated %d times every %s".formatted(times, every));
        }
    }

    /// Schedules a fault that acts once.
    public static ScheduledFault once(Fault fault, FaultTarget target, Duration at, Optional<Duration> lasting) {
        return new ScheduledFault(fault, target, at, lasting, Duration.ZERO, 1);
    }

    /// Returns each time that it acts, as a fault that acts once.
    Stream<ScheduledFault> occurrences() {
        return LongStream.range(0, times)
                .mapToObj(index -> once(fault, target, at.plus(every.multipliedBy(index)), lasting));
    }

    /// Returns it as an entry of a plan: one line of JSON, which is YAML as well.
    public String source() {
        return Canonical.fault(this);
    }

    /// Returns it as people write it in a plan: `{ at: 20s, kill: stock }`.
    public String yaml() {
        return FaultKeys.yaml(this);
    }

    /// Reads what [#source] or [#yaml] wrote.
    ///
    /// @throws PlanException if it is no entry of a plan
    public static ScheduledFault parse(String source) {
        return FaultKeys.parse(source);
    }
}
