package dev.verdict.plan;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Defines the keys of a plan.
final class PlanKeys {
    // Suites and phases

    static final Key<String> SUITE_NAME =
            Key.required("name", Kinds.LABEL, "What the suite is called in reports; unique in the plan.");
    static final Key<List<String>> FEATURES = Key.optional(
            "features",
            Several.of(Kinds.PLACE, "a file or folder with feature files, or a list of them, as features/")
                    .notEmpty()
                    .orOne(),
            "Feature files, or folders that hold them, relative to the plan's folder. A suite has these, a"
                    + " `load`, a `workload`, or several of them.");
    static final Key<String> TAGS = Key.standard(
            "tags",
            Kinds.TAGS,
            "",
            "A Cucumber tag expression, as `@smoke and not @slow`: which scenarios run. By default all.");
    static final Key<Long> WORKERS =
            Key.standard("workers", Kinds.count("a count", 1, 1024), "1", "How many scenarios run side by side.");
    static final Key<Duration> TIMEOUT = Key.standard(
            "timeout", Kinds.DURATION, "5min", "How long one scenario may take before it is interrupted and failed.");
    static final Key<List<String>> GLUE = Key.standard(
            "glue",
            Several.of(Kinds.PACKAGE, "a list of Java packages, as [com.example.steps]"),
            "",
            "Packages of your own Java steps.");
    static final Key<List<String>> CLASSPATH = Key.standard(
            "classpath",
            Several.of(Kinds.PLACE, "a list of folders and jars, as [build/steps.jar]"),
            "",
            "Folders and jars where these are found, relative to the plan's folder.");
    static final Key<List<FaultSpec>> FAULTS = Key.standard(
            "faults",
            Several.of(new FaultKeys(), "a list of faults, as [{at: 20s, kill: stock, then: restart}]")
                    .orOne(),
            "",
            "What disturbs the system while the suite runs: [fault](#fault), or a list of them. They may overlap; all are"
                    + " undone when the suite ends.");
    static final Key<Workload> WORKLOAD_KEY = Key.optional(
            "workload",
            WorkloadKeys.WORKLOAD,
            "Operations of clients that run beside the features, and the model that they must satisfy.");
    static final Key<List<Load>> LOAD = Key.standard(
            "load",
            Several.of(LoadKeys.LOAD, "a load or a list of them, as {request: {…}, rate: 500/s, for: 60s}")
                    .orOne(),
            "",
            "Requests that are sent beside the features: a [load](#load), or a list of them.");
    static final Shape<Suite> SUITE = new Shape<Suite>(
                    "suite",
                    "What runs together, and how: feature files, loads, a workload.",
                    "{name: orders, features: features/}",
                    List.of(SUITE_NAME, FEATURES, TAGS, WORKERS, TIMEOUT, GLUE, CLASSPATH, FAULTS, LOAD, WORKLOAD_KEY),
                    section -> new Suite(
                            section.get(SUITE_NAME),
                            section.optional(FEATURES).orElse(List.of()),
                            section.get(TAGS),
                            section.get(WORKERS).intValue(),
                            section.get(TIMEOUT),
                            section.get(GLUE),
                            section.get(CLASSPATH),
                            section.get(FAULTS),
                            loads(section),
                            section.optional(WORKLOAD_KEY)))
            .needing("features", "load", "workload")
            .awaiting("command", "results", "atLeast");

    static final Key<String> PHASE_NAME =
            Key.required("name", Kinds.LABEL, "What the phase is called in reports; unique in the plan.");
    static final Key<List<Suite>> SUITES = Key.required(
            "suites",
            Several.of(SUITE, "a list of suites, as [{name: orders, features: features/}]")
                    .notEmpty(),
            "What runs in the phase.");
    static final Shape<Phase> PHASE = new Shape<>(
            "phase",
            "Suites that must pass before the next phase starts.",
            "{name: integration, suites: […]}",
            List.of(PHASE_NAME, SUITES),
            section -> new Phase(section.get(PHASE_NAME), section.get(SUITES)));

    // The system

    static final Key<Map<String, ServiceDraft>> SERVICES = Key.standard(
            "services",
            Named.of(Names.SERVICE, ServiceKeys.SERVICE, "a mapping of names to services, as {stock: {command: […]}}"),
            "",
            "The services, by name.");
    static final Key<Compose> COMPOSE = Key.optional(
            "compose",
            ContainerKeys.COMPOSE_KIND,
            "A Compose file, whose services join those of the plan, as `compose.yaml`.");
    static final Key<Map<String, Map<String, Runs.Location>>> EXISTING = Key.standard(
            "existing",
            ContainerKeys.EXISTING,
            "",
            "Services that run already: where each port answers, as `HOST:PORT` or `http://HOST:PORT`. Verdict waits"
                    + " until they accept a connection, and neither starts nor ends them.");
    static final Shape<Map<String, Service>> SYSTEM = new Shape<>(
            "system",
            "What is under test.",
            "{services: {stock: {command: […]}}}",
            List.of(SERVICES, COMPOSE, EXISTING),
            section -> new SystemDraft(section).services());

    // The plan

    static final Key<String> PLAN = Key.required("plan", Kinds.LABEL, "What the run is called in reports.");
    static final Key<OptionalLong> SEED = Key.standard(
            "seed",
            Kinds.SEED,
            "random",
            "The source of every random choice: a whole number, or `random` for a new one each time, which is printed"
                    + " and recorded. `--seed` wins.");
    static final Key<List<Secret>> SECRETS = Key.standard(
            "secrets",
            Several.of(new Secrets(), "a list of names, as [SHOP_TOKEN]"),
            "",
            "Values that come from outside and are redacted everywhere: the name of an environment variable, or"
                    + " `{name: NAME, file: PATH}`. `${NAME}` stands for the value in `command`, `directory`, `env`,"
                    + " `writes` and the requests of loads.");
    static final Key<Map<String, List<String>>> MATRIX = Key.standard(
            "matrix",
            Named.of(
                    Names.VARIABLE,
                    Several.of(Kinds.TEXT, "a list of values, as [h2, sqlite]").notEmpty(),
                    "a mapping of names to lists, as {db: [h2, sqlite]}"),
            "",
            "Variables with several values: the plan runs once for each combination. `--var NAME=VALUE` picks one.");
    static final Key<Map<String, String>> VARS = Key.standard(
            "vars",
            new Variables(),
            "",
            "Variables for the rest of the plan and for the steps: `${NAME}`. A value may use the matrix, the"
                    + " environment and the variables before it. `--var NAME=VALUE` wins.");
    static final Key<Map<String, Service>> SYSTEM_KEY = Key.standard("system", SYSTEM, "", "What is under test.");
    static final Key<Map<String, Map<String, Service>>> ENVIRONMENTS = Key.standard(
            "environments",
            Named.of(Names.SYSTEM, SYSTEM, "a mapping of names to systems, as {compose: {compose: compose.yaml}}"),
            "",
            "Other systems that the same phases run against: `--environment NAME` puts the one of that name in the"
                    + " place of `system`. As `{compose: {compose: compose.yaml}}`.");
    static final Key<List<Phase>> PHASES = Key.required(
            "phases",
            Several.of(PHASE, "a list of phases, as [{name: integration, suites: […]}]")
                    .notEmpty(),
            "What runs, in order; a phase that does not pass blocks those behind it.");
    static final Key<List<Section>> TARGETS = Key.standard(
            "targets",
            Several.of(TargetKeys.TARGET, "a list of targets, as [{of: system.ready, max: 60s}]"),
            "",
            "Numbers that the system must reach.");
    static final Shape<Draft> ROOT = new Shape<Draft>(
                    "plan",
                    "The plan file, `verdict.yaml`.",
                    "{plan: shop, system: {…}, phases: […]}",
                    List.of(
                            PLAN,
                            SEED,
                            SECRETS,
                            MATRIX,
                            VARS,
                            SYSTEM_KEY,
                            ENVIRONMENTS,
                            ArtifactKeys.ARTIFACTS,
                            PHASES,
                            TARGETS),
                    PlanKeys::draft)
            .awaiting("schedule", "fleet");

    /// Holds what was read, before matrix cell and seed are known.
    record Draft(
            String name,
            OptionalLong seed,
            List<Secret> secrets,
            Map<String, Service> services,
            Map<String, Artifact> artifacts,
            List<Phase> phases,
            List<Target> targets) {
        Plan plan(long chosen, Map<String, String> vars, String suffix) {
            return new Plan(name + suffix, chosen, vars, secrets, services, artifacts, phases, targets);
        }
    }

    private PlanKeys() {}

    private static Draft draft(Section section) {
        return new Draft(
                section.get(PLAN),
                section.get(SEED),
                section.get(SECRETS),
                section.get(SYSTEM_KEY),
                section.get(ArtifactKeys.ARTIFACTS),
                section.get(PHASES),
                Targets.of(section.get(TARGETS), section.get(SYSTEM_KEY).keySet(), section.get(PHASES)));
    }

    private static List<Load> loads(Section section) {
        List<Load> loads = section.get(LOAD);
        Set<String> names = new HashSet<>();
        loads.stream()
                .filter(load -> !names.add(load.name()))
                .forEach(load -> section.reading()
                        .problem(
                                section.path(LOAD),
                                "load: two are called '" + Wording.shorten(load.name())
                                        + "'; give one a name of its own"));
        return loads;
    }

    /// Returns an entry of the document's first level.
    static Optional<Node.Entry> entry(Node root, Key<?> key) {
        return root instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().text().equals(key.name()))
                        .findFirst()
                : Optional.empty();
    }
}
