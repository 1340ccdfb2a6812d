package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Environment.State;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.plan.ServiceFault;
import java.util.List;

/// Ends a service: by a signal, as its plan says, or only to start it again.
final class Life {
    private Life() {}

    static Disturbance kill(ServiceFault.Kill fault, Scene scene) {
        return new Ending(scene, () -> scene.environment().signal(scene.service(), fault.signal(), scene.by()));
    }

    static Disturbance stop(Scene scene) {
        return new Ending(scene, () -> scene.environment().stop(scene.service(), scene.by()));
    }

    static Disturbance restart(Scene scene) {
        return new Restart(scene);
    }

    private interface Way {
        void end() throws InterruptedException;
    }

    private record Ending(Scene scene, Way way) implements Disturbance {
        @Override
        public List<UndoStep> undo() {
            return List.of(new Start(scene.service()));
        }

        @Override
        public void act() throws InterruptedException {
            way.end();
        }
    }

    private record Restart(Scene scene) implements Disturbance {
        @Override
        public List<UndoStep> undo() {
            return List.of(new Start(scene.service()));
        }

        @Override
        public void act() throws InterruptedException {
            scene.environment().stop(scene.service(), scene.by());
            scene.environment().start(scene.service(), scene.by());
        }

        @Override
        public boolean momentary() {
            return true;
        }
    }

    /// Starts the service if it has ended. Without its Verdict, the service is to end anyway.
    record Start(String service) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            if (reach.environment().isEmpty() || !reach.starts()) {
                return "";
            }
            Environment environment = reach.environment().get();
            return switch (environment.state(service)) {
                case State.Exited _, State.Failed _ -> start(environment, reach.by());
                case State.Pending _, State.Starting _, State.Ready _ -> "";
            };
        }

        private String start(Environment environment, String by) throws InterruptedException {
            try {
                environment.start(service, by);
                return "service %s started".formatted(service);
            } catch (EnvironmentException e) {
                // Nothing is left to undo: that it did not come up is journaled, and its own doing.
                return "service %s did not come up again: %s".formatted(service, e.getMessage());
            }
        }

        @Override
        public boolean outlivesVerdict() {
            return false;
        }
    }
}
