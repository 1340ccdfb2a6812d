package dev.verdict.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Runs `verdict` with the class path of this test.
final class VerdictProcess {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /// Holds what a finished process left.
    record Ended(int exitCode, String out, String err) {}

    private final Process process;
    private final Path out;
    private final Path err;

    private VerdictProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /// Starts it in `directory`.
    static VerdictProcess start(Path directory, String... arguments) {
        return start(List.of(), directory, arguments);
    }

    /// Starts it as another program's last arguments, as `sh -c … --`.
    static VerdictProcess start(List<String> by, Path directory, String... arguments) {
        try {
            Path out = Files.createTempFile("verdict", ".out");
            Path err = Files.createTempFile("verdict", ".err");
            List<String> command = new ArrayList<>(by);
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.verdict.cli.Main"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new VerdictProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs it to its end.
    static Ended run(Path directory, String... arguments) throws InterruptedException {
        return start(directory, arguments).await();
    }

    long pid() {
        return process.pid();
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    /// Waits until its output holds one of the texts.
    void awaitOutput(String... texts) {
        Awaitility.await().atMost(LIMIT).until(() -> Stream.of(texts).anyMatch(read(out)::contains) || !isAlive());
    }

    /// Waits until one of its threads is in a method.
    void awaitStack(String method) {
        awaitStack(method, () -> Stream.of(pid()));
    }

    /// Waits until a thread of a process that it started is in a method.
    void awaitStackOfChild(String method) {
        awaitStack(method, () -> process.children().map(ProcessHandle::pid));
    }

    private void awaitStack(String method, Supplier<Stream<Long>> pids) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() ->
                        !isAlive() || pids.get().anyMatch(pid -> stacks(pid).contains(method)));
    }

    private static String stacks(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), "Thread.print")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits that long at the most; says whether it ended.
    boolean endsWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /// Waits for its end; one that hangs is ended and fails the test.
    Ended await() throws InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("verdict did not end within " + LIMIT + "\n" + read(out) + read(err));
        }
        return new Ended(process.exitValue(), read(out), read(err));
    }

    /// Ends it as `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Ends it as ctrl-C in its terminal does.
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
