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

    /// Returns one fault as JSON, on one line.
    static String fault(FaultSpec fault) {
        return printable(MAPPER.writeValueAsString(FaultKeys.json(fault)));
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
            CanonicalSystem.write(json.putObject(PlanKeys.SYSTEM_KEY.name()), plan.services());
        }
        if (!plan.artifacts().isEmpty()) {
            ObjectNode artifacts = json.putObject(ArtifactKeys.ARTIFACTS.name());
            plan.artifacts().forEach((name, artifact) -> artifacts.set(name, ArtifactKeys.json(artifact)));
        }
        var phases = json.putArray(PlanKeys.PHASES.name());
        plan.phases().forEach(phase -> phases.add(phase(phase)));
        if (!plan.targets().isEmpty()) {
            var targets = json.putArray(PlanKeys.TARGETS.name());
            plan.targets().forEach(target -> targets.add(TargetKeys.json(target)));
        }
        return json;
    }

    private static String escape(String text) {
        return text.replace("$", "$$");
    }

    static ObjectNode put(ObjectNode json, Key<?> key, String text) {
        return json.put(key.name(), escape(text));
    }

    static void strings(ObjectNode json, Key<?> key, Collection<String> texts) {
        if (!texts.isEmpty()) {
            var array = json.putArray(key.name());
            texts.forEach(text -> array.add(escape(text)));
        }
    }

    static void texts(ObjectNode json, Key<?> key, List<Text> texts) {
        if (!texts.isEmpty()) {
            var array = json.putArray(key.name());
            texts.forEach(text -> array.add(text.source()));
        }
    }

    static void amount(ObjectNode json, Key<?> key, OptionalLong amount) {
        amount.ifPresent(number -> json.put(key.name(), number));
    }

    static void size(ObjectNode json, Key<?> key, OptionalLong bytes) {
        bytes.ifPresent(number -> json.put(key.name(), Amounts.write(number)));
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
        if (!suite.faults().isEmpty()) {
            var faults = json.putArray(PlanKeys.FAULTS.name());
            suite.faults().forEach(fault -> faults.add(FaultKeys.json(fault)));
        }
        if (!suite.loads().isEmpty()) {
            var loads = json.putArray(PlanKeys.LOAD.name());
            suite.loads().forEach(load -> loads.add(LoadKeys.json(load)));
        }
        suite.workload().ifPresent(workload -> json.set(PlanKeys.WORKLOAD_KEY.name(), WorkloadKeys.json(workload)));
        return json;
    }
}
