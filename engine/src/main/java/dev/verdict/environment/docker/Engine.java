package dev.verdict.environment.docker;

import dev.verdict.environment.docker.EngineException.Kind;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Is a Docker engine, local or elsewhere. All methods may be called from any thread; each is
/// bounded in time and throws an [EngineException] that says in one sentence what went wrong.
///
/// @see #connect
public final class Engine implements AutoCloseable {
    private static final String OLDEST = "1.40";
    private static final String NEWEST = "1.47";
    private static final Duration GREETING = Duration.ofSeconds(10);

    private final EngineAddress address;
    private final Wire wire;
    private final String version;
    private final String id;

    private Engine(EngineAddress address, Wire wire, String version, String id) {
        this.address = address;
        this.wire = wire;
        this.version = version;
        this.id = id;
    }

    /// Connects as the `docker` command would: `DOCKER_HOST`, else the context, else the usual
    /// socket.
    ///
    /// @param environment variables, as of the process
    /// @throws EngineException if the engine is missing, not permitted or too old
    public static Engine connect(Map<String, String> environment) throws InterruptedException {
        return connect(EngineAddress.find(environment));
    }

    /// Connects to the engine at an address.
    ///
    /// @throws EngineException if the engine is missing, not permitted or too old
    public static Engine connect(EngineAddress address) throws InterruptedException {
        Wire wire = new Wire(address);
        try {
            JsonNode told = wire.send(Wire.Call.get("/version", "tell its version"), GREETING);
            String api = told.path("ApiVersion").asString("");
            String version = told.path("Version").asString("");
            if (number(api) < number(OLDEST)) {
                throw new EngineException(
                        Kind.UNREACHABLE,
                        "the Docker engine at %s is too old: it is version %s with interface %s, and Verdict needs interface %s (Docker 19.03) or newer"
                                .formatted(address.host(), version, api.isEmpty() ? "unknown" : api, OLDEST));
            }
            wire.speak(number(api) > number(NEWEST) ? NEWEST : api);
            JsonNode info = wire.send(Wire.Call.get("/info", "describe itself"), GREETING);
            return new Engine(address, wire, version, info.path("ID").asString(""));
        } catch (InterruptedException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /// Returns 1041 for 1.41; 0 for what is no version.
    private static int number(String api) {
        String[] parts = api.split("\\.");
        try {
            return parts.length < 2 ? 0 : Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    public EngineAddress address() {
        return address;
    }

    /// Returns the engine's version, as `20.10.24`.
    public String version() {
        return version;
    }

    /// Returns what tells this engine from every other, also after it was restarted.
    public String id() {
        return id;
    }

    /// Tells whether the engine answers, and is not shutting down.
    public boolean answers() throws InterruptedException {
        try {
            return wire.open()
                    && !wire.send(Wire.Call.get("/version", "answer"), GREETING).isEmpty();
        } catch (EngineException e) {
            return false;
        }
    }

    public Containers containers() {
        return new Containers(wire);
    }

    public Images images() {
        return new Images(wire);
    }

    public Networks networks() {
        return new Networks(wire);
    }

    public Volumes volumes() {
        return new Volumes(wire);
    }

    /// Returns the stream of what happens to containers.
    public EngineEvents events() {
        return new EngineEvents(wire);
    }

    Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        wire.close();
    }
}
