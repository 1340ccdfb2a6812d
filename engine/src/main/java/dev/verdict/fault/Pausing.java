package dev.verdict.fault;

import dev.verdict.environment.ProcessId;
import dev.verdict.environment.RunContainers;
import java.util.List;

/// Holds all processes of a service.
record Pausing(Scene scene) implements Disturbance {
    @Override
    public List<UndoStep> undo() {
        return List.of(new Resume(scene.service()));
    }

    @Override
    public void act() throws InterruptedException {
        scene.environment().pause(scene.service(), scene.by());
    }

    /// Lets them go on. Who finds this in a dead run's log cannot know who was held already, so all
    /// are told; going on harms nobody.
    record Resume(String service) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            if (reach.environment().isPresent()) {
                reach.environment().get().resume(service, reach.by());
                return "service %s resumed".formatted(service);
            }
            List<ProcessId> held = reach.processes().of(service);
            reach.processes().signal("CONT", held);
            int containers = new RunContainers(reach.folder()).resume(service);
            return held.isEmpty() && containers == 0
                    ? ""
                    : "%d processes and %d containers of %s resumed".formatted(held.size(), containers, service);
        }
    }
}
