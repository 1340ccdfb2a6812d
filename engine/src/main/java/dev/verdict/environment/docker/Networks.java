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
        connect(network, container, aliases.isEmpty() ? Map.of() : Map.of("Aliases", List.copyOf(aliases)));
    }

    private void connect(String network, String container, Map<String, Object> endpoint) throws InterruptedException {
        wire.send(Call.post(
                        path(network) + "/connect", "connect container %s to network %s".formatted(container, network))
                .sending(Map.of("Container", container, "EndpointConfig", endpoint)));
    }

    /// Takes a container out of a network.
    public void disconnect(String network, String container) throws InterruptedException {
        wire.send(Call.post(
                        path(network) + "/disconnect",
                        "disconnect container %s from network %s".formatted(container, network))
                .sending(Map.of("Container", container, "Force", true)));
    }

    /// Says how a container stands in a network: what is needed to connect it again as it was.
    ///
    /// @param network its name
    /// @param address its address there, empty if it does not run; of version 4
    /// @param fixed whether somebody chose that address, so that no other will do
    public record Joined(String network, List<String> aliases, List<String> links, String address, boolean fixed) {
        public Joined {
            aliases = List.copyOf(aliases);
            links = List.copyOf(links);
        }
    }

    /// Returns how a container stands in each of its networks.
    public List<Joined> of(String container) throws InterruptedException {
        List<Joined> joined = new ArrayList<>();
        wire.send(Call.get(Containers.path(container) + "/json", "inspect container " + container))
                .path("NetworkSettings")
                .path("Networks")
                .properties()
                .forEach(network -> joined.add(joined(network.getKey(), network.getValue())));
        return List.copyOf(joined);
    }

    private static Joined joined(String name, JsonNode network) {
        String chosen = network.path("IPAMConfig").path("IPv4Address").asString("");
        return new Joined(
                name,
                texts(network.path("Aliases")),
                texts(network.path("Links")),
                chosen.isEmpty() ? network.path("IPAddress").asString("") : chosen,
                !chosen.isEmpty());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString("")));
        return texts;
    }

    /// Connects a container again as it was; with the address that it had, unless nobody chose that
    /// and the engine does not give it: as after a restart.
    public void rejoin(Joined as, String container) throws InterruptedException {
        Map<String, Object> endpoint = new LinkedHashMap<>();
        if (!as.aliases().isEmpty()) {
            endpoint.put("Aliases", as.aliases());
        }
        if (!as.links().isEmpty()) {
            endpoint.put("Links", as.links());
        }
        if (as.address().isEmpty()) {
            connect(as.network(), container, endpoint);
            return;
        }
        Map<String, Object> addressed = new LinkedHashMap<>(endpoint);
        addressed.put("IPAMConfig", Map.of("IPv4Address", as.address()));
        try {
            connect(as.network(), container, addressed);
        } catch (EngineException e) {
            // Engines give an address only in networks with a subnet that somebody chose.
            if (as.fixed() || e.kind() == Kind.UNREACHABLE) {
                throw e;
            }
            connect(as.network(), container, endpoint);
        }
    }

    /// Says whether there is a network of this name.
    public boolean has(String network) throws InterruptedException {
        return wire.find(Call.get(path(network), "inspect network " + network)).isPresent();
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
        var _ = wire.find(Call.delete(path(network), "remove network " + network));
    }

    private static String path(String network) {
        return "/networks/" + Wire.segment(network);
    }
}
