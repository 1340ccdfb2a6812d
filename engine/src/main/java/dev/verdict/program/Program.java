package dev.verdict.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Is a program that is run to its end. Input and output go over files: a child that keeps a pipe
/// open cannot hold up whoever waits.
///
/// @param words its name and arguments
/// @param variables that it has beside this process's own
public record Program(List<String> words, Path directory, Map<String, String> variables) {
    private static final long KILLED_SECONDS = 10;

    public Program {
        words = List.copyOf(words);
        variables = Map.copyOf(variables);
    }

    /// Says how it ended.
    public sealed interface Outcome {
        /// Came to its end.
        @SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
        record Ended(int exitCode, byte[] output, byte[] errors) implements Outcome {}

        /// Did not end in time, and was killed with all that descend from it.
        record TimedOut() implements Outcome {}

        /// Came to its end, and wrote more than it may.
        record TooMuch() implements Outcome {}
    }

    /// Runs it, and kills it with all that descend from it if it does not end in time, or if this
    /// thread is interrupted. What it left running when it ended goes on.
    ///
    /// @param input what it reads; nothing is `/dev/null`
    /// @param most bytes that each of output and error output may have
    /// @throws IOException if it cannot be started
    public Outcome run(byte[] input, Duration limit, long most) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("verdict-program");
        try {
            return run(input, limit, most, folder);
        } finally {
            for (String name : List.of("in", "out", "err")) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.delete(folder);
        }
    }

    private Outcome run(byte[] input, Duration limit, long most, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(input.length == 0 ? new File("/dev/null") : in(input, folder))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Outcome.TimedOut();
            }
        } finally {
            kill(process);
        }
        return Files.size(out) > most || Files.size(err) > most
                ? new Outcome.TooMuch()
                : new Outcome.Ended(process.exitValue(), Files.readAllBytes(out), Files.readAllBytes(err));
    }

    private static File in(byte[] input, Path folder) throws IOException {
        return Files.write(folder.resolve("in"), input).toFile();
    }

    private static void kill(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor(KILLED_SECONDS, TimeUnit.SECONDS);
        }
    }
}
