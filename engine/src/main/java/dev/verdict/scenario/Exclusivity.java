package dev.verdict.scenario;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Decides which scenarios may run beside each other, across all suites that run at the same time:
/// `@exclusive` runs alone, `@exclusive:NAME` never beside another of that name.
final class Exclusivity {
    private static final String ALONE = "@exclusive";
    private static final String NAMED = "@exclusive:";

    private final Set<String> held = new HashSet<>();
    private int running;
    private boolean alone;
    private long changes;

    /// Lets the scenario in if nothing that runs forbids it; [#leave] must follow.
    synchronized boolean enter(FoundScenario scenario) {
        boolean wantsAlone = scenario.tags().contains(ALONE);
        List<String> names = names(scenario);
        if (alone || (wantsAlone && running > 0) || names.stream().anyMatch(held::contains)) {
            return false;
        }
        running++;
        alone = wantsAlone;
        held.addAll(names);
        return true;
    }

    synchronized void leave(FoundScenario scenario) {
        running--;
        alone = false;
        names(scenario).forEach(held::remove);
        changed();
    }

    /// Wakes everybody who awaits a change.
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    /// Returns the number of changes so far, for [#await].
    synchronized long changes() {
        return changes;
    }

    /// Waits until there were more changes than `seen`, or until the time is over.
    synchronized void await(long seen, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        long left = nanos;
        while (changes == seen && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = deadline - System.nanoTime();
        }
    }

    private static List<String> names(FoundScenario scenario) {
        return scenario.tags().stream().filter(tag -> tag.startsWith(NAMED)).toList();
    }
}
