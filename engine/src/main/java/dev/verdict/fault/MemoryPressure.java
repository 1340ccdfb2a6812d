package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes memory away from a service: its processes get into a control group that has only so much
/// left. With nothing left, another process in the group takes what there is, and the kernel kills
/// the service, which offers itself.
final class MemoryPressure implements Disturbance {
    /// Is what the kernel needs to let anything live in a group at all.
    private static final long LEAST = 1 << 20;

    private static final int FIRST_TO_GO = 1000;

    private final ServiceFault.MemoryPressure fault;
    private final Scene scene;
    private Cgroups.@Nullable Group group;

    MemoryPressure(ServiceFault.MemoryPressure fault, Scene scene) {
        this.fault = fault;
        this.scene = scene;
    }

    private boolean kills() {
        return fault.leave() == 0;
    }

    private Cgroups.Group group() {
        if (group == null) {
            group = Cgroups.Group.below("memory", scene.root("memory pressure"), scene);
        }
        return group;
    }

    @Override
    public List<UndoStep> undo() {
        List<UndoStep> steps = new ArrayList<>();
        steps.add(new EndProcesses(scene.label()));
        steps.add(new Cgroups.Remove(group().path().toString(), group().from().toString()));
        if (kills()) {
            steps.add(new Life.Start(scene.service()));
        }
        return steps;
    }

    @Override
    public void act() throws InterruptedException, IOException {
        Cgroups.Group mine = group();
        mine.make();
        long limit = Math.max(LEAST, fault.leave());
        mine.set(mine.unified() ? "memory.max" : "memory.limit_in_bytes", limit);
        String swap = mine.unified() ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
        if (Files.exists(mine.path().resolve(swap))) {
            mine.set(swap, mine.unified() ? 0 : limit);
        }
        if (kills()) {
            scene.environment().expect(scene.service(), "KILL", scene.by());
            for (var id : scene.processes().of(scene.service())) {
                Cgroups.write(
                        Path.of("/proc", Long.toString(id.pid()), "oom_score_adj"), Integer.toString(FIRST_TO_GO));
            }
        }
        mine.move(scene);
        if (kills()) {
            // Reads zeros as one line without an end, and so keeps them all.
            Programs.start(
                    scene,
                    "/bin/sh",
                    "-c",
                    "echo $$ > \"$0\" && exec tail /dev/zero",
                    mine.path().resolve("cgroup.procs").toString());
        }
    }
}
