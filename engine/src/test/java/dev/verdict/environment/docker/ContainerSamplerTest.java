package dev.verdict.environment.docker;

import static dev.verdict.environment.docker.DockerCommand.docker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Samples a container that uses everything; what the container itself reads says what is right.
final class ContainerSamplerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long MB = 1 << 20;

    @Tag("slow")
    @Tag("docker")
    @ParameterizedTest(name = "from the kernel: {0}")
    @ValueSource(booleans = {true, false})
    void what_a_container_uses_is_sampled(boolean local) throws InterruptedException {
        DockerCommand.makeImage();
        List<Event.ResourcesSampled> samples = new CopyOnWriteArrayList<>();
        try (Watched watched = Watched.here();
                ContainerSampler sampler = new ContainerSampler(
                        watched.engine,
                        watched.watch::containers,
                        event -> samples.add((Event.ResourcesSampled) event),
                        local)) {
            sampler.start();
            String network = watched.engine.networks().create("verdict-sampler", "10.83.6.0/24", watched.labels);
            try {
                WatchedContainer store = watched.start(
                        "dd if=/dev/zero of=/written bs=1M count=20 conv=fsync; sleep 600 | nc -l -p 9000 > /dev/null",
                        spec -> spec.network(network, List.of("store")).host("ShmSize", 64 * MB));
                watched.await(ContainerChange.Started.class);
                docker("exec", store.id(), "dd", "if=/dev/zero", "of=/dev/shm/held", "bs=1M", "count=30");
                docker("exec", store.id(), "sh", "-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done");
                docker(
                        "run",
                        "--rm",
                        "--network",
                        network,
                        DockerCommand.IMAGE,
                        "sh",
                        "-c",
                        "head -c 5000000 /dev/zero | nc store 9000");
                long cpuBefore = cpu(store.id());
                Event.ResourcesSampled sample = await(
                        samples,
                        one -> one.cpu().toNanos() >= cpuBefore
                                && one.networkReceived().orElse(0) > 5_000_000
                                && (!local || one.blockWritten().orElse(0) >= 20 * MB)
                                && one.rss() >= 30 * MB);
                assertThat(sample.service()).isEqualTo("store");
                assertThat(sample.cpu().toNanos()).isBetween(cpuBefore, cpu(store.id()));
                assertThat(sample.networkReceived().orElseThrow()).isBetween(5_000_000L, 6_000_000L);
                assertThat(sample.networkSent().orElseThrow()).isBetween(1L, 1_000_000L);
                // The engine says nothing where the kernel counts only for limited devices.
                sample.blockWritten().ifPresent(bytes -> assertThat(bytes).isBetween(20 * MB, 200 * MB));
                assertThat(sample.rss()).isBetween(30 * MB, 100 * MB);
                assertThat(sample.processes()).isPositive();
                store.stop(Duration.ofSeconds(1));
            } finally {
                for (WatchedContainer container : watched.watch.containers()) {
                    container.remove();
                }
                watched.engine.networks().remove(network);
            }
        }
    }

    private static long cpu(String container) {
        return Long.parseLong(docker(
                "exec",
                container,
                "sh",
                "-c",
                "cat /sys/fs/cgroup/cpuacct/cpuacct.usage 2>/dev/null"
                        + " || awk '/usage_usec/ {print $2 * 1000}' /sys/fs/cgroup/cpu.stat"));
    }

    private static Event.ResourcesSampled await(
            List<Event.ResourcesSampled> samples, Predicate<Event.ResourcesSampled> which) {
        Awaitility.await("a sample")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(samples).anyMatch(which));
        return samples.stream().filter(which).findFirst().orElseThrow();
    }

    @Test
    void what_the_kernel_writes_is_read() {
        assertThat(ControlGroups.network(List.of(
                        "Inter-|   Receive                                                |  Transmit",
                        " face |bytes    packets errs drop fifo frame compressed multicast|bytes",
                        "    lo:     100       1    0    0    0     0          0         0      100       1",
                        "  eth0:    1296      16    0    0    0     0          0         0      446       5",
                        "  eth1:4       16    0    0    0     0          0         0      6       5")))
                .containsExactly(1300, 452);
        assertThat(ControlGroups.blocks1(List.of("8:0 Read 4096", "8:0 Write 10", "8:16 Write 5", "Total 4111")))
                .containsExactly(4096, 15);
        assertThat(ControlGroups.blocks1(List.of("Total 0"))).containsExactly(-1, -1);
        assertThat(ControlGroups.blocks2(List.of("8:0 rbytes=4096 wbytes=10 rios=1 wios=1", "8:16 wbytes=5")))
                .containsExactly(4096, 15);
    }
}
