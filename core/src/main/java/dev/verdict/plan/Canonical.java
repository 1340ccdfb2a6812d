package dev.verdict.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes a resolved plan as JSON in the syntax of a plan file.
///
/// What is written can be read again without the environment, and is the same for equal plans
/// whose mappings have the same order.
final class Canonical {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Canonical() {}

    /// Returns the JSON, on one line.
    static String text(Plan plan) {
        return printable(MAPPER.writeValueAsString(json(plan)));
    }

    /// Returns a text as JSON and YAML both read it.
    static String quoted(String text) {
        return printable(MAPPER.writeValueAsString(text));
    }

    static String digest(String canonical) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Escapes what JSON allows but YAML would fold or refuse.
    private static String printable(String json) {
        StringBuilder printable = new StringBuilder(json.length());
        json.codePoints().forEach(character -> {
            if (isPrintable(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(String.format("\\u%04x", character));
            }
        });
        return printable.toString();
    }

    private static boolean isPrintable(int character) {
        return switch (character) {
            case 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF -> false;
            default -> character < 0x7F || (character > 0xA0 && (character < 0xD800 || character > 0xDFFF));
        };
    }

    static ObjectNode json(Plan plan) {
        ObjectNode json = Schemas.empty();
        put(json, PlanKeys.PLAN, plan.name());
        json.put(PlanKeys.SEED.name(), plan.seed());
        if (!plan.secrets().isEmpty()) {
            var secrets = json.putArray(PlanKeys.SECRETS.name());
            for (Secret secret : plan.secrets()) {
                secret.file()
                        .ifPresentOrElse(
                                file -> put(put(secrets.addObject(), Secrets.NAME, secret.name()), Secrets.FILE, file),
                                () -> secrets.add(secret.name()));
            }
        }
        if (!plan.vars().isEmpty()) {
            ObjectNode vars = json.putObject(PlanKeys.VARS.name());
            plan.vars().forEach((name, value) -> vars.put(name, escape(value)));
        }
        if (!plan.services().isEmpty()) {
            ObjectNode services = json.putObject(PlanKeys.SYSTEM_KEY.name()).putObject(PlanKeys.SERVICES.name());
            plan.services().forEach((name, service) -> services.set(name, service(service)));
        }
        var phases = json.putArray(PlanKeys.PHASES.name());
        plan.phases().forEach(phase -> phases.add(phase(phase)));
        return json;
    }

    private static String escape(String text) {
        return text.replace("$", "$$");
    }

    private static ObjectNode put(ObjectNode json, Key<?> key, String text) {
        return json.put(key.name(), escape(text));
    }

    private static void strings(ObjectNode json, Key<?> key, Collection<String> texts) {
        if (!texts.isEmpty()) {
            var array = json.putArray(key.name());
            texts.forEach(text -> array.add(escape(text)));
        }
    }

    private static void texts(ObjectNode json, Key<?> key, List<Text> texts) {
        if (!texts.isEmpty()) {
            var array = json.putArray(key.name());
            texts.forEach(text -> array.add(text.source()));
        }
    }

    private static void amount(ObjectNode json, Key<?> key, OptionalLong amount) {
        amount.ifPresent(number -> json.put(key.name(), number));
    }

    private static void size(ObjectNode json, Key<?> key, OptionalLong bytes) {
        bytes.ifPresent(number -> json.put(key.name(), Amounts.write(number)));
    }

    private static ObjectNode service(Service service) {
        ObjectNode json = Schemas.empty();
        texts(json, ServiceKeys.COMMAND, service.command());
        service.directory().ifPresent(directory -> json.put(ServiceKeys.DIRECTORY.name(), directory.source()));
        strings(json, ServiceKeys.NEEDS, service.needs());
        if (!service.ports().isEmpty()) {
            ObjectNode ports = json.putObject(ServiceKeys.PORTS.name());
            service.ports().forEach((name, port) -> port(ports.putObject(name), port));
        }
        if (!service.env().isEmpty()) {
            ObjectNode env = json.putObject(ServiceKeys.ENV.name());
            service.env().forEach((name, value) -> env.put(name, value.source()));
        }
        json.set(ServiceKeys.READY_KEY.name(), ready(service.ready()));
        ObjectNode stop = json.putObject(ServiceKeys.STOP_KEY.name());
        put(stop, ServiceKeys.SIGNAL, service.stop().signal());
        put(stop, ServiceKeys.STOP_WITHIN, Amounts.write(service.stop().within()));
        if (!service.limits().equals(Limits.NONE)) {
            limits(json.putObject(ServiceKeys.LIMITS_KEY.name()), service.limits());
        }
        texts(json, ServiceKeys.WRITES, service.writes());
        return json;
    }

    private static void port(ObjectNode json, Port port) {
        port.env().ifPresent(name -> put(json, ServiceKeys.PORT_ENV, name));
        port.fixed().ifPresent(number -> json.put(ServiceKeys.PORT_FIXED.name(), number));
    }

    private static void limits(ObjectNode json, Limits limits) {
        amount(json, ServiceKeys.OPEN_FILES, limits.openFiles());
        amount(json, ServiceKeys.PROCESSES, limits.processes());
        size(json, ServiceKeys.MEMORY, limits.memory());
        size(json, ServiceKeys.FILE_SIZE, limits.fileSize());
    }

    private static ObjectNode ready(Readiness ready) {
        ObjectNode json = Schemas.empty();
        switch (ready) {
            case Readiness.Http http -> {
                put(json, ServiceKeys.HTTP, http.path());
                put(json, ServiceKeys.HTTP_PORT, http.port());
                json.put(ServiceKeys.HTTP_STATUS.name(), http.status());
            }
            case Readiness.Tcp tcp -> strings(json, ServiceKeys.TCP, tcp.ports());
            case Readiness.Log log -> put(json, ServiceKeys.LOG, log.pattern());
            case Readiness.Command command -> texts(json, ServiceKeys.READY_COMMAND, command.command());
            case Readiness.Started _ -> {} // what a service without ports does by default
        }
        return put(json, ServiceKeys.READY_WITHIN, Amounts.write(ready.within()));
    }

    private static ObjectNode phase(Phase phase) {
        ObjectNode json = Schemas.empty();
        put(json, PlanKeys.PHASE_NAME, phase.name());
        var suites = json.putArray(PlanKeys.SUITES.name());
        phase.suites().forEach(suite -> suites.add(suite(suite)));
        return json;
    }

    private static ObjectNode suite(Suite suite) {
        ObjectNode json = Schemas.empty();
        put(json, PlanKeys.SUITE_NAME, suite.name());
        strings(json, PlanKeys.FEATURES, suite.features());
        put(json, PlanKeys.TAGS, suite.tags());
        json.put(PlanKeys.WORKERS.name(), suite.workers());
        put(json, PlanKeys.TIMEOUT, Amounts.write(suite.timeout()));
        strings(json, PlanKeys.GLUE, suite.glue());
        strings(json, PlanKeys.CLASSPATH, suite.classpath());
        return json;
    }
}
