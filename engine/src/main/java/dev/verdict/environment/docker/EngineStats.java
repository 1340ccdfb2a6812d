package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.Wire.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Has the engine tell once a second what a container uses: for engines of other machines.
final class EngineStats implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Response response;
    private volatile @Nullable Usage last;

    EngineStats(Wire wire, String container) throws InterruptedException {
        response = wire.open(
                Call.get(Containers.path(container) + "/stats", "tell what container %s uses".formatted(container))
                        .with(Map.of("stream", "true")),
                SOON);
        Thread.ofVirtual().name("stats-" + container).start(this::read);
    }

    private void read() {
        BufferedReader lines = new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = usage(JsonMapper.shared().readTree(line));
            }
        } catch (IOException | JacksonException e) {
            // Ended, with its container or by [#close]: there is nothing more to sample.
            last = null;
        }
    }

    Optional<Usage> last() {
        return Optional.ofNullable(last);
    }

    static Usage usage(JsonNode stats) {
        JsonNode memory = stats.path("memory_stats");
        JsonNode details = memory.path("stats");
        long inactive = details.path("total_inactive_file")
                .asLong(details.path("inactive_file").asLong(0));
        long received = 0;
        long sent = 0;
        for (var network : stats.path("networks").properties()) {
            received += network.getValue().path("rx_bytes").asLong(0);
            sent += network.getValue().path("tx_bytes").asLong(0);
        }
        long read = 0;
        long written = 0;
        JsonNode devices = stats.path("blkio_stats").path("io_service_bytes_recursive");
        for (JsonNode entry : devices) {
            long value = entry.path("value").asLong(0);
            read += entry.path("op").asString("").equalsIgnoreCase("read") ? value : 0;
            written += entry.path("op").asString("").equalsIgnoreCase("write") ? value : 0;
        }
        int tasks = stats.path("pids_stats").path("current").asInt(0);
        return new Usage(
                Duration.ofNanos(stats.path("cpu_stats")
                        .path("cpu_usage")
                        .path("total_usage")
                        .asLong(0)),
                Math.max(0, memory.path("usage").asLong(0) - inactive),
                tasks,
                tasks,
                0,
                received,
                sent,
                devices.isEmpty() ? Usage.UNKNOWN : read,
                devices.isEmpty() ? Usage.UNKNOWN : written);
    }

    @Override
    public void close() {
        response.close();
    }
}
