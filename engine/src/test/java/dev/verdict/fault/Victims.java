package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Starts programs that disturb a system until they are killed, and ends those that are left.
final class Victims implements AutoCloseable {
    private final Class<?> program;
    private final List<Process> started = new ArrayList<>();

    /// @param program has a main method that takes the plan's folder and the run's id
    Victims(Class<?> program) {
        this.program = program;
    }

    /// Is a program that said that its system is up.
    ///
    /// @param words of its first line
    record Victim(String run, Process process, List<String> words) {
        /// Kills it and its watchdog, so that neither has a chance to undo anything.
        ///
        /// @return whether there was a watchdog
        boolean killWithWatchdog() throws IOException, InterruptedException {
            // The watchdog first, and both before either is waited for.
            List<ProcessHandle> watching = watchdogs(run);
            watching.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.waitFor();
            // One that was started meanwhile, or has become a Java already.
            watchdogs(run).forEach(ProcessHandle::destroyForcibly);
            return !watching.isEmpty();
        }
    }

    Victim start(Path directory, String run) throws IOException {
        File errors = directory.resolve(run + ".err").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        directory.toString(),
                        run)
                .redirectError(errors)
                .start();
        started.add(process);
        String first = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(first).as(Files.readString(errors.toPath())).startsWith("up");
        return new Victim(run, process, List.of(first.split(" ")));
    }

    /// Returns the run's watchdogs: shells, and what these become when Verdict is dead.
    static List<ProcessHandle> watchdogs(String run) throws IOException {
        Set<Long> found = new HashSet<>(Seen.called("verdict-watchdog", "/" + run));
        found.addAll(Seen.called(Aftercare.class.getName(), "/" + run));
        return found.stream().flatMap(pid -> ProcessHandle.of(pid).stream()).toList();
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
    }
}
