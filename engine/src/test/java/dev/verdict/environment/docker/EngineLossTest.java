package dev.verdict.environment.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.journal.Event.ExitCause;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loses its engine, and never has one.
@Tag("slow")
@Tag("docker")
final class EngineLossTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "killed: {0}")
    @ValueSource(booleans = {false, true})
    void an_engine_that_ends_is_told_and_what_it_held_is_cleaned_when_it_is_back(boolean killed)
            throws InterruptedException, IOException {
        try (OwnEngine own = new OwnEngine();
                Watched watched = new Watched(Engine.connect(own.address()), new KeptOutput())) {
            List<Map<String, String>> owned = List.of(Map.of(Labels.MARK, watched.mark));
            ContainerAudit.Before before = ContainerAudit.look(watched.engine, owned);
            watched.engine.networks().create("verdict-loss", "10.83.2.0/24", watched.labels);
            watched.engine.volumes().create("verdict-loss", watched.labels);
            for (int i = 0; i < 3; i++) {
                String id = watched.engine
                        .containers()
                        .create(new ContainerSpec("box")
                                .command(List.of("/bin/busybox", "sleep", "600"))
                                .labels(watched.labels)
                                .binds(List.of("verdict-loss:/data"))
                                .network("verdict-loss", List.of()));
                watched.engine.containers().start(id);
            }
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> watched.all(ContainerChange.Started.class).size() == 3);

            if (killed) {
                own.kill();
            } else {
                own.stop();
            }
            Awaitility.await().atMost(LIMIT).until(() -> watched.losses.size() == 1);
            assertThat(watched.losses.getFirst()).contains(own.address().host());
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> watched.engine.containers().list(Map.of()))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE))
                    .withMessageContaining("no Docker engine listens at");

            own.start();
            assertThat(watched.watch.awaitEngine(LIMIT)).isTrue();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> watched.all(ContainerChange.Exited.class).size() == 3);
            assertThat(watched.all(ContainerChange.Exited.class)).allSatisfy(exit -> {
                assertThat(exit.expected()).isFalse();
                assertThat(exit.cause()).contains(ExitCause.ENGINE_ENDED);
            });

            ContainerAudit audit = new ContainerAudit(watched.engine, owned, before);
            List<Leftover> left = audit.find(watched.watch.volumes());
            assertThat(left)
                    .extracting(Leftover::kind)
                    .containsExactly(
                            Leftover.Kind.CONTAINER,
                            Leftover.Kind.CONTAINER,
                            Leftover.Kind.CONTAINER,
                            Leftover.Kind.NETWORK,
                            Leftover.Kind.VOLUME);
            for (Leftover thing : left) {
                assertThat(audit.remove(thing)).isEmpty();
            }
            assertThat(own.docker("ps", "-aq")).isEmpty();
            assertThat(own.docker("volume", "ls", "-q")).isEmpty();
            assertThat(own.docker("network", "ls", "--format", "{{.Name}}")).doesNotContain("verdict-loss");
            assertThat(watched.losses).hasSize(1);
        }
    }

    @Test
    void an_engine_that_is_not_there_is_one_sentence() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> connect("unix://" + folder.resolve("none")))
                .withMessage(
                        "no Docker engine listens at unix://%s: start it, or set DOCKER_HOST", folder.resolve("none"));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> connect("tcp://127.0.0.1:9"))
                .withMessage("no Docker engine listens at tcp://127.0.0.1:9: start it, or set DOCKER_HOST");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> connect("ssh://me@there"))
                .withMessageContaining("ssh://me@there is not supported");
    }

    private static void connect(String host) throws InterruptedException {
        Engine.connect(new EngineAddress(host, Optional.empty())).close();
    }

    @Test
    void an_engine_that_is_too_old_is_said_with_its_version() throws Exception {
        String body = "{\"Version\":\"17.03.1\",\"ApiVersion\":\"1.27\"}";
        try (ServerSocket old = new ServerSocket()) {
            old.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(() -> {
                try (Socket asked = old.accept();
                        OutputStream out = asked.getOutputStream()) {
                    asked.getInputStream().read(new byte[4096]);
                    out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(body.length(), body)
                            .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> connect("tcp://127.0.0.1:" + old.getLocalPort()))
                    .withMessageContaining("too old: it is version 17.03.1 with interface 1.27");
        }
    }

    @Test
    void the_context_says_where_the_engine_is_unless_the_environment_does() throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"here\"}");
        Map<String, String> variables = Map.of("DOCKER_CONFIG", config.toString());
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> EngineAddress.find(variables))
                .withMessage("there is no Docker context here: `docker context ls` lists them");
        DockerCommand.run(
                variables,
                List.of("docker", "context", "create", "here", "--docker", "host=unix:///somewhere/else.sock"));
        assertThat(EngineAddress.find(variables).host()).isEqualTo("unix:///somewhere/else.sock");
        assertThat(EngineAddress.find(Map.of("DOCKER_CONFIG", config.toString(), "DOCKER_HOST", "tcp://a:2375"))
                        .host())
                .isEqualTo("tcp://a:2375");
        assertThat(EngineAddress.find(Map.of("DOCKER_CONFIG", config.toString(), "DOCKER_CONTEXT", "default"))
                        .host())
                .isEqualTo("unix:///var/run/docker.sock");
    }
}
