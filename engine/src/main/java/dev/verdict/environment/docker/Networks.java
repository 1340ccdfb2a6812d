package dev.verdict.environment.docker;

import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Controls an engine's networks.
public final class Networks {
    private final Wire wire;

    Networks(Wire wire) {
        this.wire = wire;
    }

    /// Is a network.
    public record Network(String id, String name, Map<String, String> labels) {
        public Network {
            labels = Map.copyOf(labels);
        }
    }

    /// Creates a bridge network.
    ///
    /// @param subnet as `10.1.0.0/24`; empty for one that the engine picks
    /// @return its id
    public String create(String name, String subnet, Map<String, String> labels) throws InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Name", name);
        body.put("CheckDuplicate", true);
        body.put("Driver", "bridge");
        body.put("Labels", Map.copyOf(labels));
        if (!subnet.isEmpty()) {
            body.put("IPAM", Map.of("Config", List.of(Map.of("Subnet", subnet))));
        }
        return wire.send(Call.post("/networks/create", "create network " + name).sending(body))
                .path("Id")
                .asString("");
    }

    /// Joins a container to a network, under its name and some aliases.
    public void connect(String network, String container, List<String> aliases) throws InterruptedException {
        wire.send(Call.post(
                        path(network) + "/connect", "connect container %s to network %s".formatted(container, network))
                .sending(Map.of("Container", container, "EndpointConfig", Map.of("Aliases", List.copyOf(aliases)))));
    }

    /// Takes a container out of a network.
    public void disconnect(String network, String container) throws InterruptedException {
        wire.send(Call.post(
                        path(network) + "/disconnect",
                        "disconnect container %s from network %s".formatted(container, network))
                .sending(Map.of("Container", container, "Force", true)));
    }

    /// Returns the aliases that a container has in its networks, by the network's name: what is
    /// needed to connect it again as it was.
    public Map<String, List<String>> aliases(String container) throws InterruptedException {
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        JsonNode joined = wire.send(Call.get(Containers.path(container) + "/json", "inspect container " + container))
                .path("NetworkSettings")
                .path("Networks");
        joined.properties().forEach(network -> {
            List<String> own = new ArrayList<>();
            network.getValue().path("Aliases").forEach(alias -> own.add(alias.asString("")));
            aliases.put(network.getKey(), List.copyOf(own));
        });
        return aliases;
    }

    /// Lists the networks that carry all these labels.
    public List<Network> list(Map<String, String> labels) throws InterruptedException {
        List<Network> networks = new ArrayList<>();
        wire.send(Call.get("/networks", "list networks").with(Map.of("filters", Labels.filter(labels))))
                .forEach(network -> networks.add(new Network(
                        network.path("Id").asString(""),
                        network.path("Name").asString(""),
                        ContainerRecord.strings(network.path("Labels")))));
        return List.copyOf(networks);
    }

    /// Removes a network; one that is gone already is fine.
    public void remove(String network) throws InterruptedException {
        try {
            wire.send(Call.delete(path(network), "remove network " + network));
        } catch (EngineException e) {
            if (e.kind() != Kind.GONE) {
                throw e;
            }
        }
    }

    private static String path(String network) {
        return "/networks/" + Wire.segment(network);
    }
}
