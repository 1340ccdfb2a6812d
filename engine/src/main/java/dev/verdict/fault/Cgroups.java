package dev.verdict.fault;

import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.ProcessId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds control groups, of version 1 or 2, and puts a service's processes into one of the fault's
/// own.
///
/// @param root where the kernel shows the groups; with version 1 a folder for each controller
/// @param proc where it shows the processes
record Cgroups(Path root, Path proc) {
    static final Cgroups MACHINE = new Cgroups(Path.of("/sys/fs/cgroup"), Path.of("/proc"));

    private static final String PROCS = "cgroup.procs";
    private static final Duration EMPTY_LIMIT = Duration.ofSeconds(5);

    /// Says how a group is named and where its processes come from.
    ///
    /// @param path the new group's folder
    /// @param from the folder of the group that the service was in
    /// @param unified whether it is of version 2
    record Group(Path path, Path from, boolean unified) {
        void make() throws IOException {
            Files.createDirectory(path);
        }

        void set(String file, long value) throws IOException {
            write(path.resolve(file), Long.toString(value));
        }

        /// Moves all processes of the service, also those that are started meanwhile.
        void move(Scene scene) throws IOException {
            Set<ProcessId> moved = new HashSet<>();
            List<ProcessId> found = scene.processes().of(scene.service());
            while (!moved.containsAll(found)) {
                for (ProcessId id : found) {
                    if (moved.add(id)) {
                        moveOne(id, scene);
                    }
                }
                found = scene.processes().of(scene.service());
            }
        }

        private void moveOne(ProcessId id, Scene scene) throws IOException {
            try {
                write(path.resolve(PROCS), Long.toString(id.pid()));
            } catch (IOException e) {
                if (scene.processes().lives(id)) {
                    throw e;
                }
            }
        }
    }

    /// Names a group below the one that the process is in, so that the limits there hold, too.
    ///
    /// @param controller `memory` or `pids`
    /// @throws FaultException if this machine has none, or not for this user
    Group below(String controller, long pid, Scene scene) {
        Path from = of(controller, pid);
        refusal(controller, pid).ifPresent(why -> {
            throw new FaultException(why);
        });
        String name = "verdict-%s-%s".formatted(scene.processes().nonce(), scene.id());
        return new Group(above(from).resolve(name), from, unified());
    }

    /// Version 2 allows no processes in a group that hands controllers down, but for the root.
    private Path above(Path from) {
        return unified() ? root : from;
    }

    /// Says why no group can be made for the processes that start in the group of a process; empty
    /// if one can.
    ///
    /// @throws FaultException if this machine has no such controller
    Optional<String> refusal(String controller, long pid) {
        Path above = above(of(controller, pid));
        if (!Files.isWritable(above)) {
            return Optional.of(
                    "this needs the control group `%s`, which only root may change: %s cannot be written; run Verdict as root"
                            .formatted(controller, above));
        }
        return !unified() || handsDown(controller)
                ? Optional.empty()
                : Optional.of("this needs the control group `%s`, which is not handed down: %s does not name it"
                        .formatted(controller, root.resolve("cgroup.subtree_control")));
    }

    private boolean handsDown(String controller) {
        return List.of(read(root.resolve("cgroup.subtree_control")).split(" ")).contains(controller);
    }

    boolean unified() {
        return Files.exists(root.resolve("cgroup.controllers"));
    }

    /// Returns the folder of the group that a process is in.
    ///
    /// @throws FaultException if this machine has no such controller
    Path of(String controller, long pid) {
        boolean unified = unified();
        String wanted = unified ? "" : controller;
        for (String line :
                read(proc.resolve(Long.toString(pid)).resolve("cgroup")).split("\n")) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && List.of(parts[1].split(",")).contains(wanted)) {
                Path mount = unified ? root : root.resolve(controller);
                return mount.resolve(parts[2].substring(1));
            }
        }
        throw new FaultException("this machine has no control group `%s`".formatted(controller));
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new FaultException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Writes as the kernel wants it: at once, and without making a file.
    static void write(Path file, String text) throws IOException {
        try (var out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /// Removes the group after its processes went back to where they came from.
    ///
    /// @param back the folder of their own group
    record Remove(String path, String back) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException, IOException {
            Path group = Path.of(path);
            if (!Files.exists(group)) {
                return "";
            }
            long deadline = System.nanoTime() + EMPTY_LIMIT.toNanos();
            while (!removed(group)) {
                if (System.nanoTime() > deadline) {
                    throw new EnvironmentException("the control group %s could not be removed".formatted(group));
                }
                // A process that is ending cannot be moved, and leaves its group a moment later.
                Thread.sleep(10);
            }
            return "control group %s removed".formatted(group.getFileName());
        }

        private boolean removed(Path group) throws IOException {
            for (String pid : Files.readAllLines(group.resolve(PROCS))) {
                try {
                    write(Path.of(back, PROCS), pid);
                } catch (IOException e) {
                    if (Files.exists(Path.of("/proc", pid)) && !Files.isWritable(Path.of(back, PROCS))) {
                        throw e;
                    }
                }
            }
            return group.toFile().delete();
        }
    }
}
