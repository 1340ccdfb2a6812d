package dev.verdict.judge;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.judge.RunRecord.Told;
import java.util.stream.Collectors;

/// Finds services that were dead, without Verdict's doing, while a scenario ran.
final class ExitsDuring {
    private ExitsDuring() {}

    /// Returns a clause for the scenario's reason; empty if none was dead.
    static String describe(ScenarioRecord scenario, RunRecord run) {
        long from = scenario.first(Event.ScenarioStarted.class).map(Told::seq).orElse(0L);
        long to = scenario.entries().stream().mapToLong(Entry::seq).max().orElse(0);
        String died = run.all(Event.ServiceExited.class).stream()
                .filter(exit -> !exit.event().expected() && exit.seq() < to && !readyAgain(run, exit, from))
                .map(exit -> "%s with exit code %d"
                        .formatted(exit.event().service(), exit.event().exitCode()))
                .distinct()
                .collect(Collectors.joining(", "));
        return died.isEmpty() ? "" : "; exited by itself: " + died;
    }

    private static boolean readyAgain(RunRecord run, Told<Event.ServiceExited> exit, long before) {
        return run.all(Event.ServiceReady.class).stream()
                .anyMatch(ready -> ready.seq() > exit.seq()
                        && ready.seq() < before
                        && ready.event().service().equals(exit.event().service()));
    }
}
