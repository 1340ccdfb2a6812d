package dev.verdict.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Lays a suite's faults out in time, each as one that acts once: repetitions are unrolled, random
/// schedules drawn by the plan's seed. The same plan gives the same schedule.
public final class FaultSchedule {
    private FaultSchedule() {}

    /// Returns what a random schedule disturbs if it names no targets: every service that the run
    /// itself brings up.
    static List<FaultTarget> targets(Collection<Service> services) {
        return services.stream()
                .filter(service -> !(service.runs() instanceof Runs.Existing))
                .<FaultTarget>map(service -> new FaultTarget.OfService(service.name()))
                .toList();
    }

    /// Returns the faults in the order in which they begin.
    public static List<ScheduledFault> of(Plan plan, Suite suite) {
        List<ScheduledFault> schedule = new ArrayList<>();
        for (int index = 0; index < suite.faults().size(); index++) {
            schedule.addAll(of(plan, suite, index));
        }
        schedule.sort(Comparator.comparing(ScheduledFault::at));
        return List.copyOf(schedule);
    }

    /// Returns the faults of one entry of a suite's.
    public static List<ScheduledFault> of(Plan plan, Suite suite, int index) {
        return switch (suite.faults().get(index)) {
            case ScheduledFault fault -> fault.occurrences().toList();
            case RandomFaults random -> {
                // two schedules of a plan differ, and each stays as it is when another is added
                long seed = plan.seed() * 31 + suite.name().hashCode() * 1_000_003L + index;
                yield Nemesis.draw(
                        random,
                        targets(plan.services().values()),
                        Exposed.of(plan.services().values()),
                        seed);
            }
        };
    }
}
