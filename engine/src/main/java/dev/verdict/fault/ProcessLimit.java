package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Bounds a service's processes and threads by a control group: unlike RLIMIT_NPROC that counts
/// nobody else's, and holds for root, too.
final class ProcessLimit implements Disturbance {
    private final ServiceFault.LimitProcesses fault;
    private final Scene scene;
    private Cgroups.@Nullable Group group;

    ProcessLimit(ServiceFault.LimitProcesses fault, Scene scene) {
        this.fault = fault;
        this.scene = scene;
    }

    private Cgroups.Group group() {
        if (group == null) {
            group = scene.cgroups().below("pids", scene.root("a limit of processes"), scene);
        }
        return group;
    }

    @Override
    public List<UndoStep> undo() {
        return List.of(
                new Cgroups.Remove(group().path().toString(), group().from().toString()));
    }

    @Override
    public void act() throws IOException {
        group().make();
        group().set("pids.max", fault.count());
        group().move(scene);
    }
}
