package dev.verdict.environment.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Removes what a killed run left in an engine.
public final class DeadContainers {
    /// The engine finishes what it was asked for before the run was killed: what such a request
    /// creates appears a little later.
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int MAX_LOOKS = 200;
    private static final int TRIES = 3;

    private final ContainerAudit audit;
    private final List<String> done = new ArrayList<>();
    private final Map<String, String> problems = new HashMap<>();

    public DeadContainers(ContainerAudit audit) {
        this.audit = audit;
    }

    /// Removes everything, until nothing new appears for a while.
    ///
    /// @throws EngineException if the engine cannot be reached
    public void remove() throws InterruptedException {
        long quietSince = System.nanoTime();
        for (int look = 0; look < MAX_LOOKS && System.nanoTime() - quietSince < QUIET.toNanos(); look++) {
            for (Leftover thing : audit.find(List.of())) {
                // What could not be removed may be removed when what used it is gone.
                if (look < TRIES || !problems.containsKey(name(thing))) {
                    quietSince = System.nanoTime();
                    remove(thing);
                }
            }
            Thread.sleep(EVERY);
        }
    }

    private void remove(Leftover thing) throws InterruptedException {
        String problem = audit.remove(thing);
        if (problem.isEmpty()) {
            problems.remove(name(thing));
            done.add("%s removed".formatted(name(thing)));
        } else {
            problems.put(name(thing), problem);
        }
    }

    private static String name(Leftover thing) {
        return "%s %s".formatted(thing.kind().word(), thing.name());
    }

    /// Returns what was removed, a sentence each.
    public List<String> done() {
        return List.copyOf(done);
    }

    /// Returns what is still there, a sentence each.
    public List<String> problems() {
        return problems.entrySet().stream()
                .map(problem -> "%s: %s".formatted(problem.getKey(), problem.getValue()))
                .toList();
    }
}
