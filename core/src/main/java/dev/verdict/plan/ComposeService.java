package dev.verdict.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds what a Compose file says of one service, as far as a plan has use for it.
///
/// @param position where its name stands
/// @param image its image's name
/// @param builds whether the image is built
/// @param containerName that the file gives its container, whatever the project is called
/// @param ports that it publishes or exposes, TCP only
/// @param needs services that it depends on
/// @param ends whether another service waits for its end: a one-shot container
/// @param restarts whether the engine starts it again when it ends by itself
/// @param network `host`, `none`, `service:NAME` or the like; empty for networks of the file
/// @param logged whether the engine keeps what its containers write
/// @param replicas how many containers there are of it
/// @param within how long its health check may take to be sure, at least a minute
/// @param stop how it is asked to end
public record ComposeService(
        String name,
        Position position,
        Optional<Located> image,
        boolean builds,
        Optional<Located> containerName,
        List<Published> ports,
        List<String> needs,
        boolean ends,
        boolean restarts,
        String network,
        boolean logged,
        int replicas,
        Duration within,
        Stop stop) {
    static final Stop USUAL = new Stop("TERM", Duration.ofSeconds(10));

    public ComposeService {
        ports = List.copyOf(ports);
        needs = List.copyOf(needs);
    }

    /// Is a text with its place in the file.
    public record Located(String text, Position position) {}

    /// Is a port of a container.
    ///
    /// @param name that the file gives it
    /// @param open whether it is published, not only exposed
    /// @param host its number on this machine, if that is fixed
    /// @param address of this machine that it is published at; empty for all
    public record Published(
            int container, Optional<String> name, boolean open, OptionalInt host, String address, Position position) {
        String called() {
            return name.orElse(Integer.toString(container));
        }

        /// Says whether it is reached at the loopback interface.
        boolean onLoopback() {
            return open && Set.of("", "0.0.0.0", "127.0.0.1").contains(address);
        }

        Published onlyExposed() {
            return new Published(container, name, false, host, address, position);
        }
    }

    /// Stands for a service of a file that is not looked at.
    static ComposeService unread(String name, Position position) {
        return new ComposeService(
                name,
                position,
                Optional.empty(),
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                false,
                "",
                true,
                1,
                ReadyKeys.CONTAINER,
                USUAL);
    }

    Service service(Compose compose) {
        Map<String, Port> all = ports(Map.of());
        return new Service(
                name, new Runs.FromCompose(compose), needs, all, Map.of(), ready(all.keySet()), stop, List.of());
    }

    Readiness ready(Collection<String> names) {
        return ends ? new Readiness.Exit(0, within) : new Readiness.Healthy(List.copyOf(names), within);
    }

    /// Returns the plan's ports, with the numbers on this machine that the file gives them, and
    /// behind them those that the plan does not name.
    Map<String, Port> ports(Map<String, Port> named) {
        Map<String, Port> all = new LinkedHashMap<>();
        named.values().forEach(port -> all.put(port.name(), numbered(port)));
        Set<OptionalInt> known = named.values().stream().map(Port::container).collect(Collectors.toSet());
        for (Published port : ports) {
            OptionalInt inside = OptionalInt.of(port.container());
            if (!known.contains(inside)) {
                all.putIfAbsent(
                        port.called(), new Port(port.called(), Optional.empty(), host(port.container()), inside));
            }
        }
        return all;
    }

    private Port numbered(Port port) {
        OptionalInt host = port.container().isPresent() ? host(port.container().getAsInt()) : OptionalInt.empty();
        return host.isEmpty() ? port : new Port(port.name(), port.env(), host, port.container());
    }

    /// Tells whether ports of the service can be published at one place.
    public boolean publishes() {
        return network.isEmpty() && replicas == 1;
    }

    /// Tells whether the file publishes a port at a number that the engine chooses.
    public boolean byEngine(int container) {
        return publishes()
                && host(container).isEmpty()
                && ports.stream().anyMatch(port -> port.container() == container && port.onLoopback());
    }

    /// Returns the number on this machine that the file gives a port; empty if it gives none.
    public OptionalInt host(int container) {
        if (network.equals("host")) {
            return OptionalInt.of(container);
        }
        return ports.stream()
                .filter(port -> port.container() == container && port.onLoopback())
                .map(Published::host)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }
}
