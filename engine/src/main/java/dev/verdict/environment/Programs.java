package dev.verdict.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds programs as a shell would.
final class Programs {
    private Programs() {}

    /// Finds the program that `name` starts.
    ///
    /// @param directory where it will run: a name with a slash is relative to it
    /// @param path the value of PATH
    /// @throws EnvironmentException if there is none; the message names what was looked at
    static Path find(String name, Path directory, String path) {
        if (name.contains("/")) {
            return named(directory.resolve(name).normalize(), name);
        }
        return onPath(name, directory, path)
                .orElseThrow(() -> new EnvironmentException(
                        "program '%s' was not found; PATH is %s".formatted(name, path.isEmpty() ? "empty" : path)));
    }

    /// Finds a program of the system's own, as `setsid`, on Verdict's PATH.
    static Optional<Path> ofSystem(String name) {
        return onPath(name, Path.of("/"), System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    }

    private static Optional<Path> onPath(String name, Path directory, String path) {
        return Stream.of(path.split(":"))
                .map(folder -> directory.resolve(folder).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static Path named(Path file, String name) {
        if (!Files.exists(file)) {
            throw new EnvironmentException("program '%s' was not found: there is no %s".formatted(name, file));
        }
        if (Files.isDirectory(file)) {
            throw new EnvironmentException("program '%s' is a directory: %s".formatted(name, file));
        }
        if (!Files.isExecutable(file)) {
            throw new EnvironmentException("program '%s' is not executable: try chmod +x %s".formatted(name, file));
        }
        return file;
    }
}
