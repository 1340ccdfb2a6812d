package dev.verdict.judge;

import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.stream.Collectors;

/// Finds the faults that acted at one moment, so that what follows from them is not laid at the
/// system's door without a word.
final class FaultsDuring {
    private FaultsDuring() {}

    /// Returns a clause that ends a finding's message; empty if no fault acted.
    static String describe(RunRecord run, long seq) {
        String acting = run.all(Event.FaultStarted.class).stream()
                .filter(fault -> fault.seq() < seq && !endedBefore(run, fault, seq))
                .map(fault -> fault.event().target() + " " + fault.event().summary())
                .collect(Collectors.joining(", "));
        return acting.isEmpty() ? "" : "; meanwhile a fault acted: " + acting;
    }

    private static boolean endedBefore(RunRecord run, Told<Event.FaultStarted> fault, long seq) {
        return run.all(Event.FaultEnded.class).stream()
                .anyMatch(end ->
                        end.seq() < seq && end.event().id().equals(fault.event().id()));
    }
}
