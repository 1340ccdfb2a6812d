package dev.verdict.scenario.steps;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Environment.State;
import dev.verdict.plan.ServiceFault;
import dev.verdict.scenario.World;
import tools.jackson.databind.node.IntNode;

/// Changes a service's life on the scenario's behalf, and brings back what it changed.
final class Services {
    static final String RUNNING = "running";
    static final String EXITED = "exited with ";

    private static final Lasting UNTIL_UNDONE = Lasting.parse("");
    private static final byte[] NOTHING = {};

    private final World world;
    private final Observer observer;
    private final Disturbances disturbances;

    Services(World world, Observer observer, Disturbances disturbances) {
        this.world = world;
        this.observer = observer;
        this.disturbances = disturbances;
    }

    /// Starts the service: by the end of what this scenario did to it, if it did something.
    void start(String service) throws InterruptedException {
        known(service);
        disturbances.undoEnds(service);
        if (!(environment().state(service) instanceof State.Ready)) {
            environment().start(service, world.scenario());
        }
    }

    void signal(String service, String signal) throws InterruptedException {
        known(service);
        switch (signal) {
            case "STOP" -> disturbances.service(service, new ServiceFault.Pause(), UNTIL_UNDONE);
            case "CONT" -> disturbances.undoPauses(service);
            default -> disturbances.service(service, new ServiceFault.Kill(signal), UNTIL_UNDONE);
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
