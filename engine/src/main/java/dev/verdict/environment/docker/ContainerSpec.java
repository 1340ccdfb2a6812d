package dev.verdict.environment.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Describes a container to be created; what is not said is as the image or the engine has it.
/// Not for use by several threads.
public final class ContainerSpec {
    private final String image;
    private String name = "";
    private final Map<String, Object> config = new LinkedHashMap<>();
    private final Map<String, Object> host = new LinkedHashMap<>();
    private final Map<String, Object> exposed = new LinkedHashMap<>();
    private final Map<String, Object> published = new LinkedHashMap<>();
    private final Map<String, Object> networks = new LinkedHashMap<>();

    public ContainerSpec(String image) {
        this.image = image;
        config.put("Image", image);
    }

    public String image() {
        return image;
    }

    String name() {
        return name;
    }

    public ContainerSpec name(String value) {
        name = value;
        return this;
    }

    public ContainerSpec command(List<String> value) {
        config.put("Cmd", List.copyOf(value));
        return this;
    }

    public ContainerSpec entrypoint(List<String> value) {
        config.put("Entrypoint", List.copyOf(value));
        return this;
    }

    public ContainerSpec env(Map<String, String> value) {
        List<String> env = new ArrayList<>();
        value.forEach((key, text) -> env.add(key + "=" + text));
        config.put("Env", env);
        return this;
    }

    public ContainerSpec labels(Map<String, String> value) {
        config.put("Labels", Map.copyOf(value));
        return this;
    }

    public ContainerSpec directory(String value) {
        config.put("WorkingDir", value);
        return this;
    }

    public ContainerSpec user(String value) {
        config.put("User", value);
        return this;
    }

    /// Says which signal ends it.
    public ContainerSpec stopSignal(String value) {
        config.put("StopSignal", value);
        return this;
    }

    /// Gives it a health check: a command in the container that ends with 0 where it is healthy.
    public ContainerSpec health(List<String> command, Duration every, Duration limit, int retries) {
        List<String> test = new ArrayList<>(List.of("CMD"));
        test.addAll(command);
        config.put(
                "Healthcheck",
                Map.of("Test", test, "Interval", every.toNanos(), "Timeout", limit.toNanos(), "Retries", retries));
        return this;
    }

    /// Publishes a port.
    ///
    /// @param port in the container, with its protocol, as `8080/tcp`
    /// @param address on the engine's machine, as `127.0.0.1`
    /// @param number on the engine's machine; 0 for a free one
    public ContainerSpec publish(String port, String address, int number) {
        exposed.put(port, Map.of());
        published.put(
                port, List.of(Map.of("HostIp", address, "HostPort", number == 0 ? "" : Integer.toString(number))));
        return this;
    }

    /// Joins a network under its own name and some aliases. The engine takes one network at
    /// creation; others are joined by [Networks#connect].
    public ContainerSpec network(String network, List<String> aliases) {
        host.put("NetworkMode", network);
        networks.put(network, Map.of("Aliases", List.copyOf(aliases)));
        return this;
    }

    /// Mounts paths of the engine's machine or named volumes, as `/path:/in/container:ro`.
    public ContainerSpec binds(List<String> value) {
        host.put("Binds", List.copyOf(value));
        return this;
    }

    /// Mounts file systems in memory, as `/data` to `size=64m`.
    public ContainerSpec tmpfs(Map<String, String> value) {
        host.put("Tmpfs", Map.copyOf(value));
        return this;
    }

    /// Limits what it may use.
    public ContainerSpec limits(ContainerLimits value) {
        host.putAll(value.json());
        return this;
    }

    /// Lets the engine remove it as soon as it ends.
    public ContainerSpec autoRemove(boolean value) {
        host.put("AutoRemove", value);
        return this;
    }

    /// Adds any other of the engine's settings for the host side, as `CapAdd`.
    public ContainerSpec host(String key, Object value) {
        host.put(key, value);
        return this;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>(config);
        if (!published.isEmpty()) {
            json.put("ExposedPorts", exposed);
            host.put("PortBindings", published);
        }
        if (!networks.isEmpty()) {
            json.put("NetworkingConfig", Map.of("EndpointsConfig", networks));
        }
        json.put("HostConfig", host);
        return json;
    }
}
