package dev.verdict.environment;

import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks at the paths that services declare under `writes`, before the services start.
final class DeclaredWrites {
    private DeclaredWrites() {}

    /// Returns what is there now.
    ///
    /// @throws EnvironmentException if a path is too wide: what is new below it will be removed
    static List<LedgerEntry.WritesDeclared> look(Surroundings run) {
        List<LedgerEntry.WritesDeclared> found = new ArrayList<>();
        for (Service service : run.plan().plan().services().values()) {
            for (Path path : of(service, run)) {
                if (!path.startsWith(run.folder().root().toAbsolutePath())) {
                    found.add(look(service.name(), path));
                }
            }
        }
        return found;
    }

    /// Returns a container's paths that lie inside it: those that are absolute, and neither in the
    /// plan's folder nor in the run's. They go with it, and are never looked for afterwards.
    static List<Path> inside(Service service, Surroundings run) {
        return service.writes().stream()
                .map(text -> Path.of(run.text(service.name(), text)).normalize())
                .filter(path -> isInside(service, path, run))
                .toList();
    }

    private static boolean isInside(Service service, Path path, Surroundings run) {
        return service.runs().contained()
                && path.isAbsolute()
                && !path.startsWith(run.plan().directory().toAbsolutePath().normalize())
                && !path.startsWith(run.folder().root().toAbsolutePath().normalize());
    }

    /// Returns a service's paths on this machine, absolute.
    ///
    /// @throws EnvironmentException if one is too wide
    static List<Path> of(Service service, Surroundings run) {
        List<Path> paths = new ArrayList<>();
        for (Text text : service.writes()) {
            String written = run.text(service.name(), text);
            Path path = run.plan().directory().resolve(written).toAbsolutePath().normalize();
            if (isInside(service, Path.of(written).normalize(), run)) {
                continue;
            }
            refuseWide(service.name(), written, path, run.plan().directory());
            paths.add(path);
        }
        return List.copyOf(paths);
    }

    private static LedgerEntry.WritesDeclared look(String service, Path path) {
        try {
            return new LedgerEntry.WritesDeclared(service, WrittenPath.look(path));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "service %s: the declared path %s cannot be read: %s".formatted(service, path, e.getMessage()), e);
        }
    }

    private static void refuseWide(String service, String written, Path path, Path planDirectory) {
        Path home = Path.of(System.getProperty("user.home")).toAbsolutePath();
        if (planDirectory.toAbsolutePath().startsWith(path) || home.startsWith(path)) {
            throw new EnvironmentException(
                    ("service %s: `writes: %s` means %s, which holds more than the service's files;"
                                    + " name a folder or file of its own, since what is new there is removed after the run")
                            .formatted(service, written, path));
        }
    }
}
