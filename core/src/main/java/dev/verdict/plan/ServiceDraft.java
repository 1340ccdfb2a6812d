package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Holds what the plan says about a service, before it is known whether a Compose file says more.
record ServiceDraft(Section section) {
    /// Says whether the plan alone tells how the service runs.
    boolean complete() {
        return section.optional(ServiceKeys.COMMAND).isPresent()
                || section.optional(ServiceKeys.IMAGE).isPresent()
                || section.optional(ServiceKeys.BUILD).isPresent();
    }

    /// Returns the service as a process or a container of its own.
    Service alone() {
        List<Text> command = section.optional(ServiceKeys.COMMAND).orElse(List.of());
        Limits limits = section.get(ServiceKeys.LIMITS_KEY);
        Runs runs = ContainerKeys.container(section, command, limits, own())
                .orElseGet(() -> new Runs.LocalProcess(
                        command, section.optional(ServiceKeys.DIRECTORY), limits, network(), own()));
        Duration usual = runs.contained() ? ReadyKeys.CONTAINER : ReadyKeys.PROCESS;
        checkPorts(runs.contained());
        if (runs.contained()) {
            refuse(ServiceKeys.DIRECTORY, "a container has no directory on this machine; use 'volumes'");
            refuse(ServiceKeys.NETWORK, "a container has a network of its own anyway");
        } else {
            refuse(ServiceKeys.VOLUMES, "only a container has volumes");
        }
        return service(runs, section.get(ServiceKeys.PORTS), section.get(ServiceKeys.NEEDS), usual, stop());
    }

    /// Returns the service of a Compose file.
    ///
    /// @param found what the file says of it
    Service of(Compose compose, ComposeService found) {
        String theFile = "the Compose file says that";
        refuse(ServiceKeys.DIRECTORY, theFile);
        refuse(ServiceKeys.VOLUMES, theFile);
        refuse(ServiceKeys.NETWORK, theFile);
        refuse(ServiceKeys.LIMITS_KEY, theFile);
        checkPorts(true);
        checkPublished(found);
        Map<String, Port> ports = found.ports(section.get(ServiceKeys.PORTS));
        Stop stop = !section.has(ServiceKeys.STOP_KEY) ? found.stop() : stop();
        List<String> needs = section.get(ServiceKeys.NEEDS).isEmpty() ? found.needs() : section.get(ServiceKeys.NEEDS);
        Runs runs = new Runs.FromCompose(compose, own());
        Readiness asked = ready(ports, runs, found.within());
        return new Service(
                section.name(),
                runs,
                needs,
                ports,
                section.get(ServiceKeys.ENV),
                !section.has(ServiceKeys.READY_KEY) ? found.ready(ports.keySet()) : asked,
                stop,
                section.get(ServiceKeys.WRITES));
    }

    /// Finds an `env` for a service of a Compose file that says so itself. On this machine's
    /// network a container reaches the gateway, whose addresses only the plan has.
    void checkEnv(ComposeService found) {
        if (!found.network().equals("host")) {
            refuse(ServiceKeys.ENV, "the Compose file says that, unless the service has 'network_mode: host'");
        }
    }

    private Service service(Runs runs, Map<String, Port> ports, List<String> needs, Duration usual, Stop stop) {
        return new Service(
                section.name(),
                runs,
                needs,
                ports,
                section.get(ServiceKeys.ENV),
                ready(ports, runs, usual),
                stop,
                section.get(ServiceKeys.WRITES));
    }

    private Readiness ready(Map<String, Port> ports, Runs runs, Duration usual) {
        return section.get(ServiceKeys.READY_KEY).of(ports.keySet(), runs.contained(), usual);
    }

    private Stop stop() {
        return section.get(ServiceKeys.STOP_KEY);
    }

    private Runs.Network network() {
        return section.get(ServiceKeys.NETWORK).equals("own") ? Runs.Network.OWN : Runs.Network.HOST;
    }

    private Runs.Own own() {
        if (section.has(ServiceKeys.DISK) && section.get(ServiceKeys.WRITES).isEmpty()) {
            section.reading()
                    .problem(
                            section.path(ServiceKeys.DISK),
                            "disk: holds the paths under 'writes', and the service declares none");
        }
        return new Runs.Own(
                section.optional(ServiceKeys.DISK).map(OptionalLong::of).orElse(OptionalLong.empty()),
                section.get(ServiceKeys.CLOCK).equals("own"));
    }

    private void checkPorts(boolean contained) {
        for (Port port : section.get(ServiceKeys.PORTS).values()) {
            String path = Paths.child(section.path(ServiceKeys.PORTS), port.name());
            if (contained && port.container().isEmpty()) {
                section.reading()
                        .problem(
                                path,
                                port.name() + ": a container's port needs its number inside, as {container: 8080}");
            }
            if (!contained && port.container().isPresent()) {
                section.reading()
                        .problem(
                                Paths.child(path, "container"), "container: the service is a process, not a container");
            }
        }
    }

    /// A file that says nothing about a service's ports leaves them to its image.
    private void checkPublished(ComposeService found) {
        List<String> known = found.ports().stream()
                .map(port -> Integer.toString(port.container()))
                .toList();
        for (Port port : section.get(ServiceKeys.PORTS).values()) {
            String number = Integer.toString(port.container().orElse(0));
            if (!known.isEmpty() && port.container().isPresent() && !known.contains(number)) {
                String path = Paths.child(Paths.child(section.path(ServiceKeys.PORTS), port.name()), "container");
                section.reading()
                        .problem(
                                path,
                                "container: the service '" + found.name() + "' neither publishes nor exposes " + number
                                        + "; it has " + Wording.list(known) + ", see " + found.position());
            }
        }
    }

    private void refuse(Key<?> key, String why) {
        if (section.has(key)) {
            section.reading().problem(section.path(key), key.name() + ": " + why);
        }
    }
}
