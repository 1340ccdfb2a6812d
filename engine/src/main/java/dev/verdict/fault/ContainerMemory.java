package dev.verdict.fault;

import dev.verdict.environment.ProcessId;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Takes memory away from a container: its own control group may have what it has, and a little
/// more. With nothing left, processes of this machine that join the group take that little, and
/// the kernel kills the container's main process: it offers itself. The engine then tells, as
/// always, that the container ran out of memory.
final class ContainerMemory implements Disturbance {
    private static final long LEAST = 1 << 20;

    /// Is what the others fill, and more than half of them do.
    private static final long TO_FILL = 32 << 20;

    private static final int OTHERS = 8;
    private static final long PAGE = 4096;
    private static final long KILLED_SECONDS = 15;
    private static final String WHAT = "memory pressure";

    /// Joins the group, holds six million letters while the main process lives, and goes at once
    /// when it is gone: whoever is left in the group keeps the engine from removing it.
    private static final String HOLD = "echo $$ > \"$0\" && held=$(head -c 6000000 /dev/zero | tr '\\0' x)"
            + " && while [ -e \"/proc/$1/exe\" ]; do sleep 0.02; done; : \"$held\"";

    private final ServiceFault.MemoryPressure fault;
    private final Scene scene;
    private final Path group;
    private final long root;
    private final ContainerBounds bounds;

    ContainerMemory(ServiceFault.MemoryPressure fault, Scene scene) {
        this.fault = fault;
        this.scene = scene;
        this.root = scene.root(WHAT);
        this.group = ContainerBounds.group("memory", scene, WHAT);
        this.bounds = new ContainerBounds(bounds(
                group, scene.cgroups().unified(), kills() ? TO_FILL : Math.max(LEAST, fault.leave()), scene.service()));
    }

    private boolean kills() {
        return fault.leave() == 0;
    }

    /// Says what the files of a container's group are to hold.
    ///
    /// @param unified whether the group is of version 2
    static List<ContainerBounds.Unbound> bounds(Path group, boolean unified, long leave, String service) {
        long limit = (used(group, unified) + leave) / PAGE * PAGE;
        List<ContainerBounds.Unbound> all = new ArrayList<>();
        all.add(ContainerBounds.bound(group, unified ? "memory.max" : "memory.limit_in_bytes", limit, service));
        String swap = unified ? "memory.swap.max" : "memory.memsw.limit_in_bytes";
        if (Files.exists(group.resolve(swap))) {
            all.add(ContainerBounds.bound(group, swap, unified ? 0 : limit, service));
        }
        return all;
    }

    /// Returns what the kernel cannot take back: without the copies of files that nobody uses.
    private static long used(Path group, boolean unified) {
        String cache = unified ? "inactive_file " : "total_inactive_file ";
        long now = Long.parseLong(Cgroups.read(group.resolve(unified ? "memory.current" : "memory.usage_in_bytes")));
        long idle = Cgroups.read(group.resolve("memory.stat"))
                .lines()
                .filter(line -> line.startsWith(cache))
                .mapToLong(line -> Long.parseLong(line.substring(cache.length()).strip()))
                .sum();
        return Math.max(0, now - idle);
    }

    @Override
    public List<UndoStep> undo() {
        List<UndoStep> steps = new ArrayList<>();
        steps.add(new EndProcesses(scene.label()));
        steps.addAll(bounds.undo());
        if (kills()) {
            steps.add(new Life.Start(scene.service()));
        }
        return steps;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void act() throws InterruptedException, IOException {
        if (!kills()) {
            bounds.act();
            return;
        }
        ProcessId main = scene.processes().of(scene.members()).stream()
                .filter(process -> process.pid() == root)
                .findFirst()
                .orElseThrow(() -> new FaultException("service %s has ended".formatted(scene.service())));
        scene.environment().expect(scene.service(), "KILL", scene.by());
        MemoryPressure.offer(root);
        bounds.act();
        for (int other = 0; other < OTHERS; other++) {
            Programs.start(
                    scene, "/bin/sh", "-c", HOLD, group.resolve("cgroup.procs").toString(), Long.toString(root));
        }
        awaitEnd(main);
    }

    private void awaitEnd(ProcessId main) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILLED_SECONDS);
        while (scene.processes().lives(main)) {
            if (System.nanoTime() > deadline) {
                throw new FaultException("the kernel did not kill the main process of %s within %d s"
                        .formatted(scene.service(), KILLED_SECONDS));
            }
            Thread.sleep(20);
        }
    }
}
