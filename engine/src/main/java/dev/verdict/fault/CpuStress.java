package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Runs busy loops beside a service, so that it gets less of the processor.
record CpuStress(ServiceFault.CpuStress fault, Scene scene) implements Disturbance {
    /// Ends a busy loop also if nobody undoes it.
    private static final Duration LONGEST = Duration.ofHours(1);

    @Override
    public List<UndoStep> undo() {
        return List.of(new EndProcesses(scene.label()));
    }

    @Override
    public void act() throws IOException {
        scene.root("stress of the processor");
        for (int worker = 0; worker < fault.workers(); worker++) {
            Programs.start(
                    scene,
                    "timeout",
                    "-s",
                    "KILL",
                    Long.toString(LONGEST.toSeconds()),
                    "/bin/sh",
                    "-c",
                    "while :; do :; done");
        }
    }
}
