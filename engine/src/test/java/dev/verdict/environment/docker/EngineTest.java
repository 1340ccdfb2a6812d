package dev.verdict.environment.docker;

import static dev.verdict.environment.docker.DockerCommand.IMAGE;
import static dev.verdict.environment.docker.DockerCommand.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verdict.environment.docker.EngineException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Controls real containers; the `docker` command tells what became of them.
@Tag("slow")
@Tag("docker")
final class EngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Map<String, String> labels =
            Labels.of("engine-test", UUID.randomUUID().toString(), "store");
    private final List<String> made = new ArrayList<>();
    private Engine engine;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeImage() {
        DockerCommand.makeImage();
    }

    @BeforeEach
    void connect() throws InterruptedException {
        engine = Engine.connect(System.getenv());
    }

    @AfterEach
    void removeWhatWasMade() throws InterruptedException {
        for (String container : made) {
            engine.containers().remove(container, true);
        }
        engine.close();
    }

    private String running(ContainerSpec spec) throws InterruptedException {
        String id = engine.containers().create(spec.labels(labels));
        made.add(id);
        engine.containers().start(id);
        return id;
    }

    private static ContainerSpec sleeper() {
        return new ContainerSpec(IMAGE)
                .command(List.of("sh", "-c", "trap 'exit 7' TERM; while true; do sleep 0.05; done"))
                .host("NetworkMode", "none");
    }

    private static String status(String id) {
        return docker("inspect", "-f", "{{.State.Status}} {{.State.ExitCode}}", id);
    }

    @Test
    void a_container_lives_as_it_is_told() throws InterruptedException {
        String id = running(sleeper());
        assertThat(status(id)).isEqualTo("running 0");
        ContainerRecord record = engine.containers().inspect(id);
        assertThat(record.state().pid()).isEqualTo(Long.parseLong(docker("inspect", "-f", "{{.State.Pid}}", id)));
        assertThat(record.labels()).containsAllEntriesOf(labels);

        engine.containers().pause(id);
        assertThat(status(id)).isEqualTo("paused 0");
        engine.containers().unpause(id);
        assertThat(status(id)).isEqualTo("running 0");

        engine.containers().stop(id, Duration.ofSeconds(10));
        assertThat(status(id)).isEqualTo("exited 7");
        engine.containers().start(id);
        engine.containers().restart(id, Duration.ofSeconds(10));
        assertThat(status(id)).isEqualTo("running 0");
        engine.containers().kill(id, "KILL");
        assertThat(engine.containers().await(id, LIMIT)).isEqualTo(137);

        assertThat(engine.containers().list(labels))
                .extracting(Containers.Listed::id)
                .containsExactly(id);
        engine.containers().remove(id, true);
        engine.containers().remove(id, true);
        assertThat(docker("ps", "-aq", "--no-trunc")).doesNotContain(id);
        assertThat(engine.containers().find(id)).isEmpty();
    }

    @Test
    void what_cannot_be_done_is_said_with_the_reason() throws InterruptedException {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers().start("nobody-of-this-name"))
                .withMessageContaining("did not start container nobody-of-this-name")
                .withMessageContaining("No such container")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
        String id = engine.containers().create(sleeper());
        made.add(id);
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers().kill(id, "TERM"))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.images().pull("verdict.invalid/no/such:1", line -> {}, LIMIT))
                .withMessageContaining("did not pull image verdict.invalid/no/such:1");
        assertThat(engine.images().has("verdict.invalid/no/such:1")).isFalse();
        assertThat(engine.images().has(IMAGE)).isTrue();
    }

    @Test
    void a_command_runs_inside_with_both_streams_and_its_exit_code() throws InterruptedException {
        String id = running(sleeper());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = engine.containers()
                .exec(id)
                .env(Map.of("WHO", "me"))
                .run(List.of("sh", "-c", "cat; echo to $WHO; seq 1 20000; echo bad >&2; exit 3"), out, err, LIMIT);
        assertThat(code).isEqualTo(3);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("to me\n1\n2\n")
                .endsWith("\n20000\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("bad\n");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() ->
                        engine.containers().exec(id).run(List.of("sleep", "20"), out, err, Duration.ofMillis(300)))
                .withMessageContaining("did not end within");
    }

    @Test
    void files_go_in_and_out_as_they_are() throws Exception {
        String id = running(sleeper());
        Path source = Files.createDirectories(folder.resolve("source"));
        byte[] large = new byte[5_000_001];
        RandomGenerator.of("L64X128MixRandom").nextBytes(large);
        Path file = Files.write(source.resolve("large"), large);
        String deep = "d".repeat(90);
        Files.writeString(Files.createDirectories(source.resolve(deep)).resolve("ä".repeat(60)), "deep");
        Files.writeString(source.resolve("empty"), "");
        Files.createSymbolicLink(source.resolve("link"), Path.of("large"));

        List<Copied> in = engine.containers().copies(id).in(source, "/tmp", LIMIT);
        assertThat(in).extracting(Copied::name).contains("source/large", "source/empty");
        String digest = sha256(large);
        assertThat(docker("exec", id, "sha256sum", "/tmp/source/large", "/tmp/source/link"))
                .contains(digest + "  /tmp/source/large", digest + "  /tmp/source/link");
        assertThat(docker("exec", id, "cat", "/tmp/source/" + deep + "/" + "ä".repeat(60)))
                .isEqualTo("deep");

        Path target = Files.createDirectories(folder.resolve("target"));
        List<Copied> out = engine.containers().copies(id).out("/tmp/source", target, LIMIT);
        assertThat(out).containsExactlyInAnyOrderElementsOf(in);
        assertThat(Files.mismatch(file, target.resolve("source/large"))).isEqualTo(-1);
        assertThat(Files.readString(target.resolve("source").resolve(deep).resolve("ä".repeat(60))))
                .isEqualTo("deep");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        assertThat(engine.containers().copies(id).out("/tmp/source/large", content, LIMIT))
                .isEqualTo(new Copied("large", large.length, digest));
        assertThat(content.toByteArray()).isEqualTo(large);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void a_container_leaves_a_network_and_comes_back() throws InterruptedException {
        String network = engine.networks().create("verdict-engine-test", "10.83.1.0/24", labels);
        try {
            String id = running(sleeper().network(network, List.of("store")));
            List<Networks.Joined> joined = engine.networks().of(id);
            assertThat(joined)
                    .singleElement()
                    .satisfies(one -> assertThat(one.address()).startsWith("10.83.1."));
            engine.networks().disconnect(network, id);
            assertThat(docker("exec", id, "ip", "-4", "addr")).doesNotContain("10.83.1.");
            engine.networks().rejoin(joined.getFirst(), id);
            assertThat(docker("exec", id, "ip", "-4", "addr"))
                    .contains(joined.getFirst().address() + "/");
            assertThat(engine.networks().of(id).getFirst().aliases())
                    .containsExactlyInAnyOrderElementsOf(joined.getFirst().aliases());
            engine.containers().remove(id, true);
        } finally {
            engine.networks().remove(network);
        }
        assertThat(docker("network", "ls", "--no-trunc", "-q")).doesNotContain(network);
    }

    @Test
    void a_limit_that_the_kernel_refuses_is_an_error() throws InterruptedException, IOException {
        String id = running(new ContainerSpec(IMAGE)
                .command(List.of(
                        "sh", "-c", "dd if=/dev/zero of=/dev/shm/full bs=1M count=40 2>/dev/null; exec sleep 60"))
                .host("ShmSize", 64L << 20)
                .host("NetworkMode", "none")
                .limits(ContainerLimits.NONE.memory(200L << 20)));
        Path group = Path.of("/proc", docker("inspect", "-f", "{{.State.Pid}}", id), "root", "dev", "shm", "full");
        org.awaitility.Awaitility.await("the memory is in use")
                .atMost(LIMIT)
                .until(() -> Files.exists(group) && Files.size(group) == 40L << 20);
        engine.containers().limit(id, ContainerLimits.NONE.memory(150L << 20).cpus(0.5));
        assertThat(docker("inspect", "-f", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}", id))
                .isEqualTo((150L << 20) + " 500000000");
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> engine.containers().limit(id, ContainerLimits.NONE.memory(20L << 20)))
                .withMessageContaining("did not change the limits of container");
        assertThat(docker("inspect", "-f", "{{.HostConfig.Memory}}", id)).isEqualTo(Long.toString(150L << 20));
    }
}
