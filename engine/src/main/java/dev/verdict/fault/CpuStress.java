package dev.verdict.fault;

import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.ProcessId;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Runs busy loops beside a service, so that it gets less of the processor: for a container, in
/// its control groups, so that they share what it may use.
record CpuStress(ServiceFault.CpuStress fault, Scene scene) implements Disturbance {
    /// Ends a busy loop also if nobody undoes it.
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration JOINED = Duration.ofSeconds(10);
    private static final String WHAT = "stress of the processor";

    /// Joins groups, and is busy while the service's root lives: whoever is left in a container's
    /// group keeps the engine from removing it.
    private static final String BUSY =
            "for group in \"$@\"; do echo $$ > \"$group\" || exit 1; done; while [ -e \"/proc/$0/exe\" ]; do :; done";

    @Override
    public List<UndoStep> undo() {
        return List.of(new EndProcesses(scene.label()));
    }

    @Override
    public void act() throws IOException, InterruptedException {
        long root = scene.root(WHAT);
        for (int worker = 0; worker < fault.workers(); worker++) {
            Programs.start(
                    scene,
                    Stream.concat(loop(root).stream(), groups(root).stream()).toArray(String[]::new));
        }
        if (scene.container().isPresent()) {
            awaitJoined();
        }
    }

    private List<String> loop(long root) {
        List<String> words =
                new ArrayList<>(List.of("timeout", "-s", "KILL", Long.toString(LONGEST.toSeconds()), "/bin/sh", "-c"));
        words.addAll(scene.container().isEmpty() ? List.of("while :; do :; done") : List.of(BUSY, Long.toString(root)));
        return words;
    }

    /// Returns the files by which a process joins the container's groups of the processor.
    private List<String> groups(long root) {
        if (scene.container().isEmpty()) {
            return List.of();
        }
        List<String> files = new ArrayList<>();
        files.add(joins(ContainerBounds.group("cpu", scene, WHAT)));
        // Not everywhere: which processors it may use at all.
        if (!scene.cgroups().unified()
                && Files.isDirectory(scene.cgroups().root().resolve("cpuset"))) {
            files.add(joins(scene.cgroups().of("cpuset", root)));
        }
        return files;
    }

    private static String joins(Path group) {
        Path file = group.resolve("cgroup.procs");
        if (!Files.isWritable(file)) {
            throw new FaultException("%s in a container needs root: %s cannot be written".formatted(WHAT, file));
        }
        return file.toString();
    }

    private void awaitJoined() throws InterruptedException {
        String container = scene.members();
        long deadline = System.nanoTime() + JOINED.toNanos();
        while (joined(container) < fault.workers()) {
            if (System.nanoTime() > deadline) {
                throw new EnvironmentException(
                        "the busy loops did not get into the control groups of the container of " + scene.service());
            }
            Thread.sleep(10);
        }
    }

    private int joined(String container) {
        Set<ProcessId> loops = new HashSet<>(scene.processes().of(scene.label()));
        loops.retainAll(scene.processes().of(container));
        return loops.size();
    }
}
