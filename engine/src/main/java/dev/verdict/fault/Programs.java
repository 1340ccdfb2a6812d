package dev.verdict.fault;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Starts programs of the system.
final class Programs {
    private static final int LIMIT_SECONDS = 20;

    private Programs() {}

    /// Tells whether a program is on a PATH.
    static boolean found(String name, String path) {
        return Stream.of(path.split(":"))
                .map(folder -> Path.of(folder, name))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    /// Starts a program with the run's mark and the fault's label, by which its undo ends it.
    static Process start(Scene scene, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(new File("/"))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(scene.processes().marks(scene.label()));
        return builder.start();
    }

    /// Runs a program to its end and returns what it printed.
    ///
    /// @throws FaultException if it is not there, fails or does not end; the message has its words
    static String run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .start();
            // These say little: it fits into the pipe.
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new FaultException("%s did not end within %d s".formatted(command[0], LIMIT_SECONDS));
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() != 0) {
                throw new FaultException("%s failed: %s".formatted(String.join(" ", List.of(command)), said));
            }
            return said;
        } catch (IOException e) {
            throw new FaultException("%s cannot be run: %s".formatted(command[0], e.getMessage()), e);
        }
    }
}
