package dev.verdict.environment;

import dev.verdict.plan.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Gives a service a clock that can be shifted while it runs, by libfaketime. A container gets the
/// library of this machine: whether its programs take it shows when they run.
final class OwnClock {
    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    /// Is where a container has all that is for its clock.
    private static final Path INSIDE = Path.of("/opt/verdict");

    /// Is where the library keeps two files named after the process that loaded it first; it
    /// leaves them there if that is killed.
    private static final Path SHARED = Path.of("/dev/shm");

    private OwnClock() {}

    static boolean wanted(Service service) {
        return service.runs().own().clock();
    }

    /// @throws EnvironmentException if a service wants a clock and the library is not there
    static void check(Iterable<Service> services) {
        for (Service service : services) {
            if (wanted(service) && library().isEmpty()) {
                throw new EnvironmentException(
                        "service %s wants a `clock` of its own, which needs libfaketime: install it (Debian: faketime)"
                                .formatted(service.name()));
            }
        }
    }

    static Path file(Surroundings run, String service) {
        return run.folder()
                .root()
                .toAbsolutePath()
                .resolve("clocks")
                .resolve(service)
                .resolve("shift");
    }

    /// Returns the variables under which the service's program has such a clock, set right.
    static Map<String, String> variables(Surroundings run, String service) {
        return variables(found().toString(), setRight(file(run, service)).toString());
    }

    /// Returns the variables under which a container's programs have such a clock.
    static Map<String, String> variablesInside() {
        return variables(
                INSIDE.resolve(LIBRARY).toString(),
                INSIDE.resolve("clock/shift").toString());
    }

    private static Map<String, String> variables(String library, String file) {
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME_TIMESTAMP_FILE",
                file,
                "FAKETIME_NO_CACHE",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
    }

    /// Returns what a container has to see of this machine for such a clock, set right: the folder,
    /// since the file is replaced by another one whenever the clock is shifted.
    static List<String> mounts(Surroundings run, String service) {
        Path folder = setRight(file(run, service)).resolveSibling("");
        return List.of(
                "%s:%s:ro".formatted(found(), INSIDE.resolve(LIBRARY)),
                "%s:%s:ro".formatted(folder, INSIDE.resolve("clock")));
    }

    private static Path setRight(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "+0\n");
            // Who runs in a container is often not root.
            Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            return file;
        } catch (IOException e) {
            throw new EnvironmentException("the clock %s cannot be written: %s".formatted(file, e), e);
        }
    }

    private static Path found() {
        return library().orElseThrow(() -> new EnvironmentException("libfaketime is gone"));
    }

    private static Optional<Path> library() {
        return FOLDERS.stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> Stream.concat(Stream.of(folder), architectures(folder).stream()))
                .map(folder -> folder.resolve("faketime").resolve(LIBRARY))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /// Returns folders as `x86_64-linux-gnu`.
    private static List<Path> architectures(Path folder) {
        try (Stream<Path> below = Files.list(folder)) {
            return below.filter(path -> path.getFileName().toString().contains("-linux-"))
                    .toList();
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be listed: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// Removes what the library left of a process that has ended.
    static void forget(long pid) {
        for (String name : List.of("faketime_shm_", "sem.faketime_sem_")) {
            try {
                Files.deleteIfExists(SHARED.resolve(name + pid));
            } catch (IOException e) {
                throw new EnvironmentException("%s%d cannot be removed: %s".formatted(name, pid, e.getMessage()), e);
            }
        }
    }
}
