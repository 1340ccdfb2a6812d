package dev.verdict.fault;

import dev.verdict.environment.Levers;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Fills a small disk of a service's own, or makes it read-only: never a disk of the machine's.
final class Disks {
    private static final int MIB = 1 << 20;

    private Disks() {}

    static Disturbance fill(ServiceFault.DiskFull fault, Scene scene) {
        return new Filling(fault, scene, disk(scene, fault.path()));
    }

    static Disturbance readOnly(ServiceFault.ReadOnlyDisk fault, Scene scene) {
        return new ReadOnly(disk(scene, fault.path()));
    }

    private static Levers.Disk disk(Scene scene, String path) {
        List<Levers.Disk> disks = scene.environment().levers(scene.service()).disks();
        if (disks.isEmpty()) {
            throw new FaultException(
                    "service %s has no disk of its own: its plan must say `disk: SIZE` and name its paths under `writes`"
                            .formatted(scene.service()));
        }
        if (path.isEmpty() && disks.size() > 1) {
            throw new FaultException("service %s has several disks: say which of %s"
                    .formatted(
                            scene.service(), disks.stream().map(Levers.Disk::at).toList()));
        }
        Path wanted = path.isEmpty()
                ? disks.getFirst().at()
                : scene.directory().resolve(path).toAbsolutePath().normalize();
        return disks.stream()
                .filter(disk -> disk.at().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new FaultException("service %s has no disk at %s; it has %s"
                        .formatted(
                                scene.service(),
                                path,
                                disks.stream().map(Levers.Disk::at).toList())));
    }

    private record Filling(ServiceFault.DiskFull fault, Scene scene, Levers.Disk disk) implements Disturbance {
        private Path filler() {
            return disk.path().resolve(".verdict-full-" + scene.id());
        }

        @Override
        public List<UndoStep> undo() {
            return List.of(new RemoveFiller(filler().toString(), disk.path().toString(), disk.source()));
        }

        @Override
        public void act() throws IOException {
            if (!disk.mounted()) {
                throw new FaultException("the disk at %s is not mounted any more".formatted(disk.path()));
            }
            long free = Files.getFileStore(disk.path()).getUsableSpace();
            try (RandomAccessFile file = new RandomAccessFile(filler().toFile(), "rw")) {
                if (fault.leave() == 0) {
                    fill(file);
                } else {
                    write(file, Math.max(0, free - fault.leave()));
                }
            }
        }

        /// Writes until the kernel refuses a single byte.
        private static void fill(RandomAccessFile file) {
            for (int size : new int[] {MIB, 4096, 1}) {
                byte[] piece = new byte[size];
                while (fits(file, piece)) {
                    // The next one may fit as well.
                }
            }
        }

        private static boolean fits(RandomAccessFile file, byte[] piece) {
            try {
                file.write(piece);
                return true;
            } catch (IOException full) {
                // As wanted: the smaller piece that follows may still fit.
                return false;
            }
        }

        private static void write(RandomAccessFile file, long bytes) throws IOException {
            for (long left = bytes; left > 0; left -= MIB) {
                file.write(new byte[(int) Math.min(MIB, left)]);
            }
        }
    }

    private record ReadOnly(Levers.Disk disk) implements Disturbance {
        @Override
        public List<UndoStep> undo() {
            return List.of(new MakeWritable(disk.path().toString(), disk.source()));
        }

        @Override
        public boolean alone() {
            return true;
        }

        @Override
        public void act() throws InterruptedException {
            try {
                Programs.run("mount", "-o", "remount,ro", disk.path().toString());
            } catch (FaultException e) {
                throw new FaultException(
                        "the disk at %s cannot be made read-only while somebody has a file there open for writing (%s)"
                                .formatted(disk.path(), e.getMessage()),
                        e);
            }
        }
    }

    /// Gives the space back.
    ///
    /// @param disk where the disk is mounted
    /// @param source what the table of mounts calls it
    record RemoveFiller(String filler, String disk, String source) implements UndoStep {
        @Override
        public String undo(Reach reach) throws IOException {
            // Elsewhere a file of that name is nobody's business; with the disk, the file is gone.
            boolean there = new Levers.Disk(Path.of(disk), source).mounted();
            return there && Files.deleteIfExists(Path.of(filler)) ? "space on %s given back".formatted(disk) : "";
        }
    }

    /// Lets the service write again.
    record MakeWritable(String disk, String source) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            if (!new Levers.Disk(Path.of(disk), source).mounted()) {
                return "";
            }
            Programs.run("mount", "-o", "remount,rw", disk);
            return "%s is writable".formatted(disk);
        }
    }
}
