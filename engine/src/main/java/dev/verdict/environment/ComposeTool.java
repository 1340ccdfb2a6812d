package dev.verdict.environment;

import dev.verdict.plan.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Runs the `docker compose` or `docker-compose` command, whichever is there.
record ComposeTool(List<String> command) {
    private static final Duration ASKED = Duration.ofSeconds(30);
    private static final int SHOWN = 8;
    private static final Pattern NOISE = Pattern.compile("(?:\\x1B\\[[0-9;?]*[A-Za-z])|\\r");
    private static final Duration LOOK = Duration.ofMillis(250);

    /// What the classic builder, BuildKit and both Composes say of images.
    private static final Pattern PREPARING = Pattern.compile(
            "Building \\S|Pulling \\S|Step \\d+/\\d+ : |#\\d+ \\[.*\\d+/\\d+] |\\S+ (?:Building|Pulling)$");

    private static final Pattern CHATTER = Pattern.compile(
            "(?i)\\s*(?:(?:Creating|Starting|Stopping|Removing|Recreating|Network|Container|Volume) .*(?:done|\\.\\.\\.|Created|Started|Running|Starting|Creating|Removed|Stopped|network.*|volume.*)?|)\\s*");

    ComposeTool {
        command = List.copyOf(command);
    }

    /// Finds the command.
    ///
    /// @throws EnvironmentException if there is none
    static ComposeTool find() throws InterruptedException {
        Optional<Path> docker = Programs.ofSystem("docker");
        Optional<Path> standalone = Programs.ofSystem("docker-compose");
        for (Path plugins : pluginFolders()) {
            if (docker.isPresent() && Files.isExecutable(plugins.resolve("docker-compose"))) {
                return new ComposeTool(List.of(docker.get().toString(), "compose"));
            }
        }
        if (standalone.isPresent()) {
            return new ComposeTool(List.of(standalone.get().toString()));
        }
        // A plugin may lie elsewhere: only docker itself knows.
        if (docker.isPresent() && answers(docker.get())) {
            return new ComposeTool(List.of(docker.get().toString(), "compose"));
        }
        throw new EnvironmentException(
                "neither `docker compose` nor `docker-compose` is installed: the plan's containers"
                        + " are started by it");
    }

    private static List<Path> pluginFolders() {
        return List.of(
                Path.of(System.getProperty("user.home"), ".docker", "cli-plugins"),
                Path.of("/usr/local/lib/docker/cli-plugins"),
                Path.of("/usr/local/libexec/docker/cli-plugins"),
                Path.of("/usr/lib/docker/cli-plugins"),
                Path.of("/usr/libexec/docker/cli-plugins"));
    }

    /// Returns its version if it is a first Compose, which does not know the newer syntax.
    Optional<String> first() throws InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("version", "--short"));
        try {
            Process process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            process.waitFor();
            return Optional.of(version).filter(text -> text.startsWith("1."));
        } catch (IOException e) {
            throw new EnvironmentException("Compose does not tell its version: " + e.getMessage(), e);
        }
    }

    private static boolean answers(Path docker) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(docker.toString(), "compose", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(ASKED.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// Tells whether it is a script, as Compose 1 is: an interpreter takes a third of a second
    /// until it comes to its files.
    boolean isScript() {
        try (InputStream program = Files.newInputStream(Path.of(command.getFirst()))) {
            return Arrays.equals(program.readNBytes(2), new byte[] {'#', '!'});
        } catch (IOException e) {
            return false;
        }
    }

    /// Is one use of the command, which runs.
    ///
    /// @param from how long its output was before
    record Running(Process process, Path output, long from) {
        /// Writes all of its input.
        void give(String text) {
            try (Writer input = process.outputWriter(StandardCharsets.UTF_8)) {
                input.write(text);
            } catch (IOException e) {
                // It ended before it came to that: its output tells why whoever awaits its end.
                return;
            }
        }

        /// Waits for its end.
        ///
        /// @param progress is told each step of building or pulling an image
        /// @throws EnvironmentException with what it said last, if it failed or took longer
        void await(Duration limit, Consumer<String> progress) throws InterruptedException {
            long end = System.nanoTime() + limit.toNanos();
            int told = 0;
            try {
                while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    told = tell(told, progress);
                    if (System.nanoTime() > end) {
                        throw new EnvironmentException("Compose did not end within " + Durations.show(limit) + said());
                    }
                }
            } finally {
                process.destroyForcibly();
            }
            tell(told, progress);
            if (process.exitValue() != 0) {
                throw new EnvironmentException("Compose failed with exit code " + process.exitValue() + said());
            }
        }

        /// Tells the steps behind those that were told; returns how many there are.
        private int tell(int told, Consumer<String> progress) {
            List<String> steps = lines().stream()
                    .filter(line -> PREPARING.matcher(line).lookingAt())
                    .toList();
            steps.stream().skip(told).forEach(progress);
            return steps.size();
        }

        private String said() {
            List<String> lines = lines();
            List<String> tellable = lines.stream()
                    .filter(line -> !CHATTER.matcher(line).matches())
                    .toList();
            List<String> shown = tellable.isEmpty() ? lines : tellable;
            return shown.isEmpty()
                    ? ""
                    : ": " + String.join(" / ", shown.subList(Math.max(0, shown.size() - SHOWN), shown.size()));
        }

        private List<String> lines() {
            try {
                byte[] bytes = Files.readAllBytes(output);
                String text = new String(bytes, (int) from, bytes.length - (int) from, StandardCharsets.UTF_8);
                return NOISE.matcher(text)
                        .replaceAll("")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
            } catch (IOException e) {
                return List.of("its output in " + output + " cannot be read: " + e.getMessage());
            }
        }
    }

    /// Starts the command in a session of its own.
    ///
    /// @param arguments behind the command
    /// @param variables beside Verdict's own
    /// @param input where what it reads comes from
    /// @param output takes what it says, behind what is there
    Running start(
            List<String> arguments,
            Path directory,
            Map<String, String> variables,
            ProcessBuilder.Redirect input,
            Path output) {
        List<String> words = new ArrayList<>(command);
        words.addAll(arguments);
        try {
            long before = Files.exists(output) ? Files.size(output) : 0;
            ProcessBuilder.Redirect to = ProcessBuilder.Redirect.appendTo(output.toFile());
            Process process = new Launch(words, directory, variables, Limits.NONE, List.of()).start(input, to, to);
            return new Running(process, output, before);
        } catch (IOException e) {
            throw new EnvironmentException("Compose's output cannot be written to %s: %s".formatted(output, e), e);
        }
    }
}
