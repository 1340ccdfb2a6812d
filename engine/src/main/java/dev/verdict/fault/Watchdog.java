package dev.verdict.fault;

import dev.verdict.journal.RunFolder;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Undoes a run's faults if its Verdict dies.
///
/// A shell, far smaller than a second Java, waits for the end of a pipe that only Verdict holds: it
/// sees Verdict's death at once and without asking. Only then it becomes a Java.
final class Watchdog implements AutoCloseable {
    private static final String WAIT = "trap '' HUP INT TERM; read -r word && exit 0; exec \"$@\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    /// Starts to watch, in a session of its own: a ctrl-C in Verdict's terminal does not reach it.
    ///
    /// @throws FaultException if it cannot be started
    static Watchdog over(RunFolder run) {
        File output = run.root().resolve("watchdog.out").toFile();
        try {
            return new Watchdog(new ProcessBuilder(
                            Stream.concat(Stream.of("setsid", "/bin/sh", "-c", WAIT, "verdict-watchdog"), undo(run))
                                    .toList())
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output))
                    .redirectErrorStream(true)
                    .start());
        } catch (IOException e) {
            throw new FaultException("no watchdog could be started: " + e.getMessage(), e);
        }
    }

    private static Stream<String> undo(RunFolder run) {
        String classes = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                Aftercare.class.getName(),
                run.root().toAbsolutePath().toString())
                .stream();
    }

    boolean alive() {
        return shell.isAlive();
    }

    /// Says that there is nothing to undo, and ends it.
    @Override
    public void close() {
        try (OutputStream in = shell.getOutputStream()) {
            in.write("done\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It was ended by somebody else, and so needs not to be told.
            shell.destroyForcibly();
        }
    }
}
