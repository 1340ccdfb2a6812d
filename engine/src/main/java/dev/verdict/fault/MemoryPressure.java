package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes memory away from a service: its processes get into a control group that has only so much
/// left. With nothing left, other processes in the group take what there is, and the kernel kills
/// the service: it offers itself, and each of the others is small beside the whole.
final class MemoryPressure implements Disturbance {
    /// Is what the kernel needs to let anything live in a group at all.
    private static final long LEAST = 1 << 20;

    /// Is what the others fill, and more than half of them do.
    private static final long TO_FILL = 32 << 20;

    private static final int OTHERS = 8;

    /// Holds six million letters, and sleeps.
    private static final String HOLD =
            "echo $$ > \"$0\" && held=$(head -c 6000000 /dev/zero | tr '\\0' x) && sleep 3600; : \"$held\"";

    /// Makes the kernel count the whole group's limit as the service's own.
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
            group = scene.cgroups().below("memory", scene.root("memory pressure"), scene);
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

    /// Lets the kernel kill a process before all others that share its limit.
    static void offer(long pid) throws IOException {
        Cgroups.write(Path.of("/proc", Long.toString(pid), "oom_score_adj"), Integer.toString(FIRST_TO_GO));
    }

    /// Lets a group have so much memory, and nothing of it on a disk.
    static void bound(Cgroups.Group group, long limit) throws IOException {
        group.set(group.unified() ? "memory.max" : "memory.limit_in_bytes", limit);
        String swap = group.unified() ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
        if (Files.exists(group.path().resolve(swap))) {
            group.set(swap, group.unified() ? 0 : limit);
        }
    }

    @Override
    public void act() throws InterruptedException, IOException {
        Cgroups.Group mine = group();
        mine.make();
        bound(mine, kills() ? TO_FILL : Math.max(LEAST, fault.leave()));
        if (kills()) {
            scene.environment().expect(scene.service(), "KILL", scene.by());
            // The root alone: who loses a child before it might end by itself.
            offer(scene.root("memory pressure"));
        }
        mine.move(scene);
        for (int other = 0; kills() && other < OTHERS; other++) {
            Programs.start(
                    scene,
                    "/bin/sh",
                    "-c",
                    HOLD,
                    mine.path().resolve("cgroup.procs").toString());
        }
    }
}
