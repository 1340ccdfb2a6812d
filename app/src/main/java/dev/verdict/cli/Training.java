package dev.verdict.cli;

import dev.verdict.environment.docker.EngineAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/// Does what most calls of Verdict do, one after another, so that the launcher's AOT caches know
/// their classes. What the commands answer does not matter.
final class Training {
    private Training() {}

    /// Trains for one of the caches.
    ///
    /// @param args `plans` or `short`, and a folder with a plan
    public static void main(String[] args) {
        if (args[0].equals("short")) {
            shortCommands();
        } else {
            plans(args[1]);
        }
        // What ends a JVM that has polled, which must not end this one: its cache is written at its end.
        Ending.function();
        Ending.foreignCode();
        Ending.exit(Exit.PASS);
    }

    private static void plans(String folder) {
        var _ = Main.execute(List.of("run", folder));
        String containers = Path.of(folder, "containers").toString();
        // Its engine is named by DOCKER_HOST, and not there: up to then all is as with one.
        var _ = Main.execute(List.of("up", containers));
        try (var _ =
                new TrainingEngine(EngineAddress.find(System.getenv()).host().substring("unix://".length()))) {
            var _ = Main.execute(List.of("run", containers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends its requests to nobody: those of the warm-up are answered by Verdict itself.
    private static void shortCommands() {
        var _ = Main.execute(List.of("--help"));
        var _ = Main.execute(List.of("load", "--help"));
        var _ = Main.execute(List.of("load", "http://127.0.0.1:1/", "--users", "1", "--for", "200ms"));
        var _ = Main.execute(List.of("hash", "/dev/null"));
        Main.main(new String[] {"hash", "/dev/null"});
        Main.main(new String[] {"--version"});
    }
}
