package dev.verdict.scenario.steps;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Environment.State;
import dev.verdict.scenario.World;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.node.IntNode;

/// Changes a service's life on the scenario's behalf, and brings back what it changed.
final class Services {
    static final String RUNNING = "running";
    static final String EXITED = "exited with ";

    private static final Duration DEATH = Duration.ofSeconds(10);
    private static final byte[] NOTHING = {};

    private final World world;
    private final Observer observer;
    private final Set<String> undone = new HashSet<>();

    Services(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
    }

    void stop(String service) throws InterruptedException {
        startAtTheEnd(service);
        environment().stop(service, world.scenario());
    }

    void start(String service) throws InterruptedException {
        known(service);
        environment().start(service, world.scenario());
    }

    /// Kills the service and waits until it is gone.
    void kill(String service) throws InterruptedException {
        startAtTheEnd(service);
        environment().signal(service, "KILL", world.scenario());
        long end = System.nanoTime() + DEATH.toNanos();
        while (!(environment().state(service) instanceof State.Exited)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(service + " did not end within " + Durations.show(DEATH) + " of KILL");
            }
            Thread.sleep(Duration.ofMillis(5));
        }
    }

    void signal(String service, String signal) throws InterruptedException {
        if (signal.equals("STOP")) {
            known(service);
            world.closing(() -> resume(service));
        } else {
            startAtTheEnd(service);
        }
        environment().signal(service, signal, world.scenario());
    }

    private void resume(String service) throws InterruptedException {
        if (environment().state(service) instanceof State.Ready) {
            environment().signal(service, "CONT", world.scenario());
        }
    }

    Source state(String service) {
        known(service);
        return new Look("service " + service, () -> {
            String words = words(environment().state(service));
            observer.seen("service", service, service + " is " + words, NOTHING);
            return Content.of(words);
        });
    }

    /// Offers how often the service was started again since the run brought it up.
    Source restarts(String service) {
        known(service);
        return new Look("restarts of " + service, () -> {
            int restarts = environment().restarts(service);
            observer.seen("service", service, service + " was restarted " + restarts + " times", NOTHING);
            return Content.of(IntNode.valueOf(restarts));
        });
    }

    private void startAtTheEnd(String service) {
        known(service);
        if (undone.add(service)) {
            world.closing(() -> {
                if (environment().state(service) instanceof State.Exited) {
                    environment().start(service, "end of " + world.scenario());
                }
            });
        }
    }

    void known(String service) {
        if (!world.system().services().containsKey(service)) {
            throw new IllegalArgumentException("unknown service: " + service + "; known are "
                    + String.join(", ", world.system().services().keySet()));
        }
    }

    private Environment environment() {
        return world.system().environment();
    }

    private static String words(State state) {
        return switch (state) {
            case State.Pending _ -> "not started";
            case State.Starting _ -> "starting";
            case State.Ready _ -> RUNNING;
            case State.Failed failed -> "failed: " + failed.reason();
            case State.Exited exited -> EXITED + exited.exitCode();
        };
    }
}
