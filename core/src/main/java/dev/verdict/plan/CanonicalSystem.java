package dev.verdict.plan;

import static dev.verdict.plan.Canonical.amount;
import static dev.verdict.plan.Canonical.put;
import static dev.verdict.plan.Canonical.size;
import static dev.verdict.plan.Canonical.strings;
import static dev.verdict.plan.Canonical.texts;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes the system of a resolved plan as JSON in the syntax of a plan file.
final class CanonicalSystem {
    private CanonicalSystem() {}

    static void write(ObjectNode json, Map<String, Service> all) {
        ObjectNode services = Schemas.empty();
        ObjectNode existing = Schemas.empty();
        Optional<Compose> compose = Optional.empty();
        for (Service service : all.values()) {
            switch (service.runs()) {
                case Runs.Existing(var ports) -> {
                    ObjectNode at = existing.putObject(service.name());
                    ports.forEach((port, location) -> at.put(port, location.toString()));
                }
                case Runs.FromCompose(Compose file, var _) -> {
                    compose = Optional.of(file);
                    services.set(service.name(), service(service));
                }
                case Runs.LocalProcess _, Runs.Container _ -> services.set(service.name(), service(service));
            }
        }
        if (!services.isEmpty()) {
            json.set(PlanKeys.SERVICES.name(), services);
        }
        compose.ifPresent(file -> json.set(PlanKeys.COMPOSE.name(), compose(file)));
        if (!existing.isEmpty()) {
            json.set(PlanKeys.EXISTING.name(), existing);
        }
    }

    private static ObjectNode compose(Compose compose) {
        ObjectNode json = Schemas.empty();
        strings(json, ContainerKeys.FILE, compose.files());
        strings(json, ContainerKeys.PROFILES, compose.profiles());
        strings(json, ContainerKeys.ENV_FILES, compose.envFiles());
        named(json, ContainerKeys.COMPOSE_ENV, compose.env());
        return json;
    }

    private static void named(ObjectNode json, Key<?> key, Map<String, Text> texts) {
        if (!texts.isEmpty()) {
            ObjectNode named = json.putObject(key.name());
            texts.forEach((name, value) -> named.put(name, value.source()));
        }
    }

    private static void runs(ObjectNode json, Runs runs) {
        switch (runs) {
            case Runs.LocalProcess process -> {
                texts(json, ServiceKeys.COMMAND, process.command());
                process.directory().ifPresent(text -> json.put(ServiceKeys.DIRECTORY.name(), text.source()));
                if (process.network() == Runs.Network.OWN) {
                    put(json, ServiceKeys.NETWORK, "own");
                }
                own(json, process.own());
                limits(json, process.limits());
            }
            case Runs.Container container -> {
                texts(json, ServiceKeys.COMMAND, container.command());
                source(json, container.source());
                texts(json, ServiceKeys.VOLUMES, container.volumes());
                own(json, container.own());
                limits(json, container.limits());
            }
            case Runs.FromCompose compose -> own(json, compose.own()); // the file says the rest
            case Runs.Existing _ -> {} // whoever started it says it
        }
    }

    private static void own(ObjectNode json, Runs.Own own) {
        size(json, ServiceKeys.DISK, own.disk());
        if (own.clock()) {
            put(json, ServiceKeys.CLOCK, "own");
        }
    }

    private static void source(ObjectNode json, Runs.Source source) {
        switch (source) {
            case Runs.Source.Image(Text name) -> json.put(ServiceKeys.IMAGE.name(), name.source());
            case Runs.Source.Build build -> {
                ObjectNode keys = json.putObject(ServiceKeys.BUILD.name());
                keys.put(ContainerKeys.CONTEXT.name(), build.context().source());
                build.dockerfile().ifPresent(text -> keys.put(ContainerKeys.DOCKERFILE.name(), text.source()));
                named(keys, ContainerKeys.ARGS, build.args());
            }
        }
    }

    private static ObjectNode service(Service service) {
        ObjectNode json = Schemas.empty();
        runs(json, service.runs());
        strings(json, ServiceKeys.NEEDS, service.needs());
        if (!service.ports().isEmpty()) {
            ObjectNode ports = json.putObject(ServiceKeys.PORTS.name());
            service.ports().forEach((name, port) -> port(ports.putObject(name), port));
        }
        named(json, ServiceKeys.ENV, service.env());
        json.set(ServiceKeys.READY_KEY.name(), ready(service.ready()));
        ObjectNode stop = json.putObject(ServiceKeys.STOP_KEY.name());
        put(stop, ServiceKeys.SIGNAL, service.stop().signal());
        put(stop, ServiceKeys.STOP_WITHIN, Amounts.write(service.stop().within()));
        texts(json, ServiceKeys.WRITES, service.writes());
        return json;
    }

    private static void port(ObjectNode json, Port port) {
        port.env().ifPresent(name -> put(json, ServiceKeys.PORT_ENV, name));
        port.fixed().ifPresent(number -> json.put(ServiceKeys.PORT_FIXED.name(), number));
        port.container().ifPresent(number -> json.put(ServiceKeys.PORT_CONTAINER.name(), number));
    }

    private static void limits(ObjectNode service, Limits limits) {
        if (limits.equals(Limits.NONE)) {
            return;
        }
        ObjectNode json = service.putObject(ServiceKeys.LIMITS_KEY.name());
        amount(json, ServiceKeys.OPEN_FILES, limits.openFiles());
        amount(json, ServiceKeys.PROCESSES, limits.processes());
        size(json, ServiceKeys.MEMORY, limits.memory());
        size(json, ServiceKeys.FILE_SIZE, limits.fileSize());
    }

    private static ObjectNode ready(Readiness ready) {
        ObjectNode json = Schemas.empty();
        switch (ready) {
            case Readiness.Http http -> {
                put(json, ReadyKeys.HTTP, http.path());
                put(json, ReadyKeys.HTTP_PORT, http.port());
                json.put(ReadyKeys.HTTP_STATUS.name(), http.status());
            }
            case Readiness.Tcp tcp -> strings(json, ReadyKeys.TCP, tcp.ports());
            case Readiness.Log log -> put(json, ReadyKeys.LOG, log.pattern());
            case Readiness.Command command -> texts(json, ReadyKeys.READY_COMMAND, command.command());
            case Readiness.Exit exit -> json.put(ReadyKeys.EXIT.name(), exit.code());
            case Readiness.Started _, Readiness.Healthy _ -> {} // by default, without ports and in containers
        }
        return put(json, ReadyKeys.WITHIN, Amounts.write(ready.within()));
    }
}
