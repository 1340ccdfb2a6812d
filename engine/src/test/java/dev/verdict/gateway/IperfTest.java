package dev.verdict.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.plan.LinkFault.Bandwidth;
import dev.verdict.plan.LinkFault.Per;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has iperf3 measure the bandwidth of a link: an observer that knows nothing of us.
@Tag("slow")
@Timeout(60)
final class IperfTest extends OnTheWire {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end_what_was_started() {
        started.forEach(Process::destroyForcibly);
    }

    private Link link() throws IOException {
        int port;
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = probe.getLocalPort();
        }
        Process server =
                start(List.of("iperf3", "--server", "--one-off", "--forceflush", "--port", Integer.toString(port)));
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains("listening")) {
                return gateway.open("scenario", "server.tcp", "127.0.0.1", port);
            }
        }
        throw new IOException("iperf3 does not listen");
    }

    private Process start(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    /// Returns what iperf3 measured at its end.
    private JsonNode measure(Link link, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("iperf3", "--json", "--time", "1", "--client", link.host()));
        command.addAll(List.of("--port", Integer.toString(link.port())));
        command.addAll(List.of(options));
        Process client = start(command);
        JsonNode result = JSON.readTree(client.getInputStream());
        assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(result.has("error")).as(result::toString).isFalse();
        return result.path("end");
    }

    /// Returns how many bytes a second arrived, as the receiver counts them.
    private static double rate(JsonNode received) {
        return received.path("bits_per_second").asDouble() / 8;
    }

    @ParameterizedTest
    @ValueSource(longs = {1_000_000, 50_000_000})
    void a_bandwidth_is_what_it_says_in_both_directions(long rate) throws Exception {
        Link link = link();
        gateway.apply("*", "*", new Bandwidth(rate, Per.CONNECTION), 1);
        JsonNode end = measure(link, "--bidir");
        assertThat(rate(end.path("sum_received"))).isBetween(0.9 * rate, 1.01 * rate);
        assertThat(rate(end.path("sum_received_bidir_reverse"))).isBetween(0.9 * rate, 1.01 * rate);
    }

    @Test
    void connections_share_it_evenly() throws Exception {
        Link link = link();
        gateway.apply("*", "*", new Bandwidth(4_000_000, Per.LINK), 1);
        JsonNode end = measure(link, "--parallel", "4");
        assertThat(rate(end.path("sum_received"))).isBetween(3_600_000.0, 4_040_000.0);
        for (JsonNode stream : end.path("streams")) {
            assertThat(rate(stream.path("receiver"))).isBetween(800_000.0, 1_200_000.0);
        }
        assertThat(end.path("streams")).hasSize(4);
    }

    @Test
    void without_it_far_more_arrives() throws Exception {
        assertThat(rate(measure(link()).path("sum_received"))).isGreaterThan(100_000_000.0);
    }
}
