package dev.verdict.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the `docker` command, which sees the engine independently of what is tested.
public final class DockerCommand {
    /// Is the image that `.ci/base-image` makes: a Java runtime, busybox and curl.
    public static final String IMAGE = "verdict-base";

    private static boolean made;

    private DockerCommand() {}

    /// Returns what the command wrote; it must succeed.
    public static String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(Map.of(), command);
    }

    /// Returns what a command wrote; it must succeed within two minutes.
    static String run(Map<String, String> variables, List<String> command) {
        try {
            Path output = Files.createTempFile("docker", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String written = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
            Files.delete(output);
            assertThat(ended).as("%s ends", command).isTrue();
            assertThat(process.exitValue()).as("%s: %s", command, written).isZero();
            return written;
        } catch (IOException e) {
            throw new AssertionError(command + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Makes the image unless it is there.
    public static synchronized void makeImage() {
        if (!made) {
            run(
                    Map.of("JAVA_HOME", System.getProperty("java.home")),
                    List.of(repository().resolve(".ci/base-image").toString()));
            made = true;
        }
    }

    private static Path repository() {
        return Stream.iterate(
                        Optional.of(Path.of("").toAbsolutePath()),
                        Optional::isPresent,
                        path -> path.map(Path::getParent))
                .flatMap(Optional::stream)
                .filter(path -> Files.exists(path.resolve(".ci/base-image")))
                .findFirst()
                .orElseThrow();
    }
}
