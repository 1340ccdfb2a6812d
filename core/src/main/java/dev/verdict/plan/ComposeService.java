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
/// @param position where its name stands; the first file's start if unknown
/// @param ports that it publishes or exposes
/// @param needs services that it depends on
/// @param ends whether another one waits for its end: a one-shot container
/// @param within how long its health check may take to be sure, at least a minute
/// @param stop how it is asked to end
record ComposeService(
        String name,
        Position position,
        List<Published> ports,
        List<String> needs,
        boolean ends,
        Duration within,
        Stop stop) {
    static final Stop USUAL = new Stop("TERM", Duration.ofSeconds(10));

    ComposeService {
        ports = List.copyOf(ports);
        needs = List.copyOf(needs);
    }

    /// Is a port of a container.
    ///
    /// @param name that the file gives it
    /// @param host its number on this machine, if that is fixed and on all or the loopback
    ///     interface
    record Published(int container, Optional<String> name, OptionalInt host, Position position) {
        String called() {
            return name.orElse(Integer.toString(container));
        }
    }

    /// Stands for a service of a file that is not looked at.
    static ComposeService unread(String name, Position position) {
        return new ComposeService(name, position, List.of(), List.of(), false, ReadyKeys.CONTAINER, USUAL);
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
        named.values().forEach(port -> all.put(port.name(), fixed(port)));
        Set<OptionalInt> known = named.values().stream().map(Port::container).collect(Collectors.toSet());
        for (Published port : ports) {
            if (known.stream().noneMatch(number -> number.equals(OptionalInt.of(port.container())))) {
                all.putIfAbsent(
                        port.called(),
                        new Port(port.called(), Optional.empty(), port.host(), OptionalInt.of(port.container())));
            }
        }
        return all;
    }

    private Port fixed(Port port) {
        OptionalInt host = ports.stream()
                .filter(each -> port.container().equals(OptionalInt.of(each.container())))
                .map(Published::host)
                .findFirst()
                .orElse(OptionalInt.empty());
        return port.fixed().isPresent() ? port : new Port(port.name(), port.env(), host, port.container());
    }
}
