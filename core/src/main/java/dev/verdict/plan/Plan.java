package dev.verdict.plan;

import java.util.List;
import java.util.Map;

/// Describes a run completely: defaults, variables, matrix cell and seed are filled in.
///
/// @param name what the run is called in reports
/// @param seed the source of every random choice of the run
/// @param vars the variables' values after `--var` and matrix, in the plan's order
/// @param secrets whose values come from outside and never enter a journal, log or report
/// @param services by name, in the plan's order
/// @param artifacts by name, made before the system starts
/// @param phases in the order in which they run; one that does not pass blocks those behind it
/// @param targets numbers that the system must reach
public record Plan(
        String name,
        long seed,
        Map<String, String> vars,
        List<Secret> secrets,
        Map<String, Service> services,
        Map<String, Artifact> artifacts,
        List<Phase> phases,
        List<Target> targets) {
    public Plan {
        vars = Ordered.copy(vars);
        secrets = List.copyOf(secrets);
        services = Ordered.copy(services);
        artifacts = Ordered.copy(artifacts);
        phases = List.copyOf(phases);
        targets = List.copyOf(targets);
    }

    /// Describes a run without artifacts and targets.
    public Plan(
            String name,
            long seed,
            Map<String, String> vars,
            List<Secret> secrets,
            Map<String, Service> services,
            List<Phase> phases) {
        this(name, seed, vars, secrets, services, Map.of(), phases, List.of());
    }

    /// Returns every suite of every phase, in order.
    public List<Suite> suites() {
        return phases.stream().flatMap(phase -> phase.suites().stream()).toList();
    }
}
