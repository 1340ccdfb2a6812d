package dev.verdict.environment;

import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Gives a process a clock that can be shifted while it runs, by libfaketime.
final class OwnClock {
    private static final String LIBRARY = "libfaketimeMT.so.1";
    private static final List<Path> FOLDERS =
            List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

    /// Is where the library keeps two files named after the process that loaded it first; it
    /// leaves them there if that is killed.
    private static final Path SHARED = Path.of("/dev/shm");

    private OwnClock() {}

    static boolean wanted(Service service) {
        return service.runs() instanceof Runs.LocalProcess process
                && process.own().clock();
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
        return run.folder().root().toAbsolutePath().resolve("clocks").resolve(service);
    }

    /// Returns the variables under which the service's program has such a clock, set right.
    static Map<String, String> variables(Surroundings run, String service) {
        Path file = file(run, service);
        Path library = library().orElseThrow(() -> new EnvironmentException("libfaketime is gone"));
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "+0\n");
        } catch (IOException e) {
            throw new EnvironmentException("the clock %s cannot be written: %s".formatted(file, e), e);
        }
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "DONT_FAKE_MONOTONIC",
                "1");
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
