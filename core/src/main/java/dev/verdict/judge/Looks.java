package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Knows when somebody looked at the system: the times in which scenarios observed or checked.
///
/// A step that observed or checked something looked for as long as it took: a request that waits
/// for a paused service has its answer only afterwards. Of the user's own steps nobody knows when
/// they looked: they count wholly if the gateway saw an answer.
final class Looks {
    /// In nanoseconds since the journal's start.
    private record Look(long from, long to) {}

    private final long[] from;

    /// The latest end of any look up to this one.
    private final long[] latest;

    private Looks(List<Look> looks) {
        List<Look> sorted =
                looks.stream().sorted(Comparator.comparingLong(Look::from)).toList();
        from = sorted.stream().mapToLong(Look::from).toArray();
        latest = sorted.stream().mapToLong(Look::to).toArray();
        for (int index = 1; index < latest.length; index++) {
            latest[index] = Math.max(latest[index], latest[index - 1]);
        }
    }

    static Looks of(RunRecord run) {
        List<Look> looks = new ArrayList<>();
        run.scenarios().forEach(scenario -> collect(scenario, looks));
        return new Looks(looks);
    }

    /// Says whether somebody looked in a stretch of time, at least in part.
    boolean any(long first, long last) {
        int low = 0;
        int high = from.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (from[middle] <= last) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && latest[low - 1] >= first;
    }

    /// Returns when a step began.
    static long began(Entry entry, Event.StepEnded step) {
        return entry.nanos() - step.took().toNanos();
    }

    private static void collect(ScenarioRecord scenario, List<Look> looks) {
        boolean answered = scenario.all(Event.TrafficCounted.class).stream()
                .anyMatch(traffic -> traffic.event().received() > 0);
        Set<Integer> looking = new HashSet<>();
        for (Entry entry : scenario.entries()) {
            switch (entry.event()) {
                case Event.Observed observed -> {
                    looking.add(observed.step());
                    looks.add(new Look(entry.nanos(), entry.nanos()));
                }
                case Event.Checked checked -> {
                    looking.add(checked.step());
                    looks.add(new Look(entry.nanos(), entry.nanos()));
                }
                // One that was not answered, too: a model takes it for what may have happened.
                case Event.OperationEnded operation ->
                    looks.add(new Look(entry.nanos() - operation.took().toNanos(), entry.nanos()));
                case Event.LoadInterval load
                when load.total() > 0 ->
                    looks.add(new Look(entry.nanos() - load.length().toNanos(), entry.nanos()));
                case Event.StepEnded step
                when looking.contains(step.index()) || (answered && isOwnCode(step)) ->
                    looks.add(new Look(began(entry, step), entry.nanos()));
                default -> {
                    // looks at nothing
                }
            }
        }
    }

    private static boolean isOwnCode(Event.StepEnded step) {
        return !step.definition().isEmpty() && !step.definition().equals("verdict");
    }
}
