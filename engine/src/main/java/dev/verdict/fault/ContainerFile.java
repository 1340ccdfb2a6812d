package dev.verdict.fault;

import dev.verdict.environment.Place;
import dev.verdict.environment.ProcessId;
import dev.verdict.environment.RunProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Is a file inside a container, reached from this machine by way of a process that runs there.
///
/// @param container its id in full
/// @param path inside, absolute
record ContainerFile(String container, String path) {
    /// Returns the file as this machine sees it now; empty if nothing runs in the container.
    ///
    /// @throws FaultException if a part of the path is a link: from here it would lead elsewhere
    Optional<Path> from(RunProcesses processes) {
        return processes.of(RunProcesses.inContainer(container)).stream()
                .filter(ContainerFile::livesThere)
                .min(Comparator.comparingLong(ProcessId::start))
                .map(process -> below(Path.of("/proc", Long.toString(process.pid()), "root")));
    }

    /// What a fault itself put into the container's control groups has this machine's files.
    private static boolean livesThere(ProcessId process) {
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
            return !Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "ns/mnt"))
                    .equals(own);
        } catch (IOException e) {
            // It ended, or is somebody's into whose files nobody else may look.
            return false;
        }
    }

    private Path below(Path root) {
        Path at = root;
        for (Path part : Path.of(path)) {
            at = at.resolve(part);
            if (Files.isSymbolicLink(at)) {
                throw new FaultException("%s in the container is reached over a link, %s: name the file itself"
                        .formatted(path, root.relativize(at)));
            }
        }
        return at;
    }

    /// Returns where the file lies on this machine if it does, in a folder or volume that is
    /// mounted: there it is whether the container runs or not.
    ///
    /// @param seen the file as [#from] returned it
    Optional<Path> mounted(Place.Container place, Path seen) {
        return place.mounts().entrySet().stream()
                .filter(mount -> Path.of(path).startsWith(mount.getKey()))
                .max(Comparator.comparingInt(mount -> mount.getKey().length()))
                .map(this::behind)
                .filter(file -> same(file, seen));
    }

    private Path behind(Map.Entry<String, String> mount) {
        return Path.of(mount.getValue())
                .resolve(Path.of(mount.getKey()).relativize(Path.of(path)).toString());
    }

    private static boolean same(Path one, Path other) {
        try {
            return Objects.equals(key(one), key(other));
        } catch (IOException e) {
            // Not to be seen from here: then it is reached through the container.
            return false;
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
