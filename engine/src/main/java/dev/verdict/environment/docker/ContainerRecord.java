package dev.verdict.environment.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Says what the engine knows about a container.
///
/// @param name without a slash
/// @param image as it was asked for
/// @param state of its main process
/// @param ports published ones, by container port, as `8080/tcp`
/// @param networks its addresses, by network
/// @param namespace the file that stands for its network namespace, as `nsenter --net=` takes it;
///     empty if it does not run or has none of its own
/// @param volumes names of the volumes that are mounted, named and anonymous
/// @param mounts paths of the engine's machine, by where they appear in the container
/// @param tty whether its output is one stream as of a terminal
/// @param logDriver as `json-file` or `none`
/// @param limits as the engine was told
/// @param healthCheck the command of its health check, as `docker exec` would run it; empty without
///     one
public record ContainerRecord(
        String id,
        String name,
        String image,
        Map<String, String> labels,
        State state,
        Map<String, List<Published>> ports,
        Map<String, String> networks,
        Optional<String> namespace,
        List<String> volumes,
        Map<String, String> mounts,
        boolean autoRemove,
        boolean tty,
        String logDriver,
        Limits limits,
        List<String> healthCheck) {
    private static final Set<String> LOOPBACK = Set.of("", "0.0.0.0", "127.0.0.1");

    public ContainerRecord {
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
        networks = Map.copyOf(networks);
        volumes = List.copyOf(volumes);
        mounts = Map.copyOf(mounts);
        healthCheck = List.copyOf(healthCheck);
    }

    /// Is what the engine knows about the main process.
    ///
    /// @param status the engine's word: `created`, `running`, `paused`, `restarting`, `exited` or
    ///     `dead`
    /// @param pid on the engine's machine; 0 if it does not run
    /// @param exitCode of the last process that ended; 0 if none has
    /// @param outOfMemory whether the kernel killed one of its processes for want of memory
    /// @param health `starting`, `healthy` or `unhealthy`; empty without a health check
    /// @param lastCheck what the last health check printed
    /// @param error of the start, as the engine says it
    /// @param startedAt as the engine writes it; empty if it never was
    public record State(
            String status,
            long pid,
            int exitCode,
            boolean outOfMemory,
            Optional<String> health,
            String lastCheck,
            String error,
            String startedAt) {
        public boolean running() {
            return status.equals("running") || status.equals("paused");
        }
    }

    /// Is where a container's port is reached on the engine's machine.
    public record Published(String address, int port) {}

    /// Is what the engine was told to limit; 0 for none.
    public record Limits(long memory, double cpus, long processes) {}

    /// Returns the number at which a port is reached over the loopback interface, by version 4.
    ///
    /// @param port inside the container, of TCP
    public Optional<Integer> loopback(int port) {
        return ports.getOrDefault(port + "/tcp", List.of()).stream()
                .filter(place -> LOOPBACK.contains(place.address()))
                .map(Published::port)
                .findFirst();
    }

    static ContainerRecord of(JsonNode json) {
        JsonNode config = json.path("Config");
        JsonNode host = json.path("HostConfig");
        List<String> volumes = new ArrayList<>();
        Map<String, String> mounts = new LinkedHashMap<>();
        json.path("Mounts").forEach(mount -> {
            String source = mount.path("Source").asString("");
            if (!source.isEmpty()) {
                mounts.put(mount.path("Destination").asString(""), source);
            }
            if (mount.path("Type").asString("").equals("volume")) {
                volumes.add(mount.path("Name").asString(""));
            }
        });
        Map<String, String> networks = new LinkedHashMap<>();
        json.path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(network -> networks.put(
                        network.getKey(), network.getValue().path("IPAddress").asString("")));
        return new ContainerRecord(
                json.path("Id").asString(""),
                name(json.path("Name").asString("")),
                config.path("Image").asString(""),
                strings(config.path("Labels")),
                state(json.path("State")),
                ports(json.path("NetworkSettings").path("Ports")),
                networks,
                namespace(json.path("NetworkSettings"), networks),
                volumes,
                mounts,
                host.path("AutoRemove").asBoolean(false),
                config.path("Tty").asBoolean(false),
                host.path("LogConfig").path("Type").asString(""),
                new Limits(
                        host.path("Memory").asLong(0),
                        host.path("NanoCpus").asLong(0) / 1e9,
                        host.path("PidsLimit").asLong(0)),
                healthCheck(config));
    }

    /// Reads `["CMD", WORD…]`, or `["CMD-SHELL", SCRIPT]` for the container's shell.
    private static List<String> healthCheck(JsonNode config) {
        List<String> test = texts(config.path("Healthcheck").path("Test"));
        List<String> shell = texts(config.path("Shell"));
        String kind = test.isEmpty() ? "NONE" : test.getFirst();
        return switch (kind) {
            case "CMD" -> test.subList(1, test.size());
            case "CMD-SHELL" -> {
                List<String> words = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
                words.addAll(test.subList(1, test.size()));
                yield words;
            }
            default -> List.of();
        };
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    /// One that shares its machine's network or another container's has no address of its own.
    private static Optional<String> namespace(JsonNode settings, Map<String, String> networks) {
        return Optional.of(settings.path("SandboxKey").asString(""))
                .filter(file -> !file.isEmpty() && networks.values().stream().anyMatch(address -> !address.isEmpty()));
    }

    private static State state(JsonNode state) {
        JsonNode health = state.path("Health");
        JsonNode checks = health.path("Log");
        String started = state.path("StartedAt").asString("");
        return new State(
                state.path("Status").asString(""),
                state.path("Pid").asLong(0),
                state.path("ExitCode").asInt(0),
                state.path("OOMKilled").asBoolean(false),
                Optional.of(health.path("Status").asString("none")).filter(word -> !word.equals("none")),
                checks.isEmpty()
                        ? ""
                        : checks.get(checks.size() - 1)
                                .path("Output")
                                .asString("")
                                .strip(),
                state.path("Error").asString(""),
                started.startsWith("0001-") ? "" : started);
    }

    private static Map<String, List<Published>> ports(JsonNode ports) {
        Map<String, List<Published>> published = new LinkedHashMap<>();
        ports.properties().forEach(port -> {
            List<Published> places = new ArrayList<>();
            port.getValue()
                    .forEach(place -> places.add(new Published(
                            place.path("HostIp").asString(""),
                            place.path("HostPort").asInt(0))));
            if (!places.isEmpty()) {
                published.put(port.getKey(), List.copyOf(places));
            }
        });
        return published;
    }

    static String name(String withSlash) {
        return withSlash.startsWith("/") ? withSlash.substring(1) : withSlash;
    }

    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().asString("")));
        return strings;
    }
}
