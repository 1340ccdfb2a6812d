package dev.verdict.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// Is a Docker engine of the test's own, which may be stopped and killed; its one image is `box`.
public final class OwnEngine implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path folder;
    private Optional<Process> process = Optional.empty();

    public OwnEngine() throws IOException {
        // Not JUnit's folder: a socket's path has at most 107 characters.
        folder = Files.createTempDirectory("engine");
        start();
        docker("import", "--change", "CMD [\"/bin/busybox\"]", image().toString(), "box");
    }

    private Path image() {
        Path tar = folder.resolve("box.tar");
        DockerCommand.run(Map.of(), List.of("tar", "-h", "-C", "/", "-cf", tar.toString(), "bin/busybox"));
        return tar;
    }

    public EngineAddress address() {
        return new EngineAddress("unix://" + folder.resolve("s"), Optional.empty());
    }

    /// Runs the `docker` command on this engine.
    public String docker(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "-H", address().host()));
        command.addAll(List.of(arguments));
        return DockerCommand.run(Map.of(), command);
    }

    /// Starts it, and returns once it answers.
    public void start() throws IOException {
        // In a network namespace of its own: without a bridge it would take away that of the
        // machine's engine.
        ProcessBuilder builder = new ProcessBuilder(
                "unshare",
                "--net",
                "dockerd",
                "--host=" + address().host(),
                "--data-root=" + folder.resolve("d"),
                "--exec-root=" + folder.resolve("e"),
                "--pidfile=" + folder.resolve("p"),
                "--bridge=none",
                "--iptables=false");
        Path log = folder.resolve("log");
        process = Optional.of(builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        Awaitility.await("the engine answers").atMost(LIMIT).until(() -> {
            assertThat(process.orElseThrow().isAlive())
                    .as(() -> "dockerd runs: " + tail(log))
                    .isTrue();
            try (Engine engine = Engine.connect(address())) {
                return !engine.version().isEmpty();
            } catch (EngineException e) {
                return false;
            }
        });
    }

    private static String tail(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 10), all.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Ends it as an administrator would, its containers with it.
    public void stop() throws InterruptedException {
        process.orElseThrow().destroy();
        assertThat(process.orElseThrow().waitFor(LIMIT)).isTrue();
    }

    /// Kills it alone: its containers go on until it comes back.
    public void kill() throws InterruptedException, IOException {
        process.orElseThrow().destroyForcibly();
        assertThat(process.orElseThrow().waitFor(LIMIT)).isTrue();
        // Its containerd dies with it; where nobody collects the dead, these would say it lives.
        Files.deleteIfExists(folder.resolve("p"));
        Files.deleteIfExists(folder.resolve("e/containerd/containerd.pid"));
    }

    @Override
    public void close() throws IOException {
        if (!process.orElseThrow().isAlive()) {
            start();
        }
        for (String id : docker("ps", "-aq").lines().toList()) {
            docker("rm", "-f", id);
        }
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        DockerCommand.run(Map.of(), List.of("sh", "-c", "umount -R %1$s/d 2>/dev/null; rm -rf %1$s".formatted(folder)));
    }
}
