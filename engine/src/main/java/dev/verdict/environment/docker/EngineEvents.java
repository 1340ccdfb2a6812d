package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.Wire.Call;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Subscribes to what happens to an engine's containers.
public final class EngineEvents {
    /// Health checks are commands, too: their three events each would drown the others.
    private static final List<String> ACTIONS = List.of(
            "create", "start", "restart", "die", "oom", "kill", "stop", "pause", "unpause", "health_status", "destroy");

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Wire wire;

    EngineEvents(Wire wire) {
        this.wire = wire;
    }

    /// Is told what happens, by one thread, in order. It must return quickly.
    public interface Listener {
        void happened(EngineEvent event);

        /// Is told once that nothing more will come, because the engine ended or the connection
        /// broke; not after [Subscription#close].
        void lost(String reason);
    }

    /// Ends a [#follow].
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// Tells everything that happens from now on to containers that carry all these labels.
    public Subscription follow(Map<String, String> labels, Listener listener) throws InterruptedException {
        List<String> wanted = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .toList();
        Map<String, List<String>> filter = wanted.isEmpty()
                ? Map.of("type", List.of("container"), "event", ACTIONS)
                : Map.of("type", List.of("container"), "event", ACTIONS, "label", wanted);
        Response response = wire.open(
                Call.get("/events", "tell what happens")
                        .with(Map.of("filters", JsonMapper.shared().writeValueAsString(filter))),
                SOON);
        Following following = new Following(response, listener);
        Thread.ofVirtual().name("docker-events").start(following);
        return following;
    }

    private final class Following implements Runnable, Subscription {
        private final Response response;
        private final Listener listener;
        private volatile boolean closed;

        Following(Response response, Listener listener) {
            this.response = response;
            this.listener = listener;
        }

        @Override
        public void run() {
            String reason = "the Docker engine at %s ended its events: it was stopped".formatted(wire.host());
            try {
                read(listener::happened);
            } catch (IOException | JacksonException e) {
                reason = String.valueOf(wire.unreachable("tell more", e).getMessage());
            } catch (RuntimeException e) {
                // A listener's bug: without its events nothing about containers is known any more.
                reason = "Verdict cannot follow the Docker engine's events: " + e;
            }
            if (!closed) {
                listener.lost(reason);
            }
        }

        private void read(Consumer<EngineEvent> taker) throws IOException {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    taker.accept(EngineEvent.of(JsonMapper.shared().readTree(line)));
                }
            }
        }

        @Override
        public void close() {
            closed = true;
            response.close();
        }
    }
}
