package dev.verdict.plan;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads plan files: checks them wholly, fills in what is known, and digests the outcome.
public final class PlanReader {
    private static final int MAX_CANONICAL = 16 << 20;

    /// Seeds stay short enough to be typed.
    private static final int MAX_SEED = 1_000_000_000;

    private PlanReader() {}

    /// Says what comes from outside the plan file.
    ///
    /// @param vars values of the plan's variables: `--var`
    /// @param seed in place of the plan's: `--seed`
    /// @param environment what `${NAME}` may refer to beside the plan's own variables
    /// @param system which of the plan's `environments` takes the place of its `system`
    public record Options(
            Map<String, String> vars, OptionalLong seed, Map<String, String> environment, Optional<String> system) {
        /// Leaves the plan's own `system` in its place.
        public Options(Map<String, String> vars, OptionalLong seed, Map<String, String> environment) {
            this(vars, seed, environment, Optional.empty());
        }

        public Options {
            vars = Ordered.copy(vars);
            environment = Ordered.copy(environment);
        }
    }

    /// Reads a plan file.
    ///
    /// @return a plan for each cell of the matrix, in its order; one if there is no matrix
    /// @throws PlanException with every mistake that was found
    public static List<ResolvedPlan> read(Path file, Options options) {
        List<Problem> problems = new ArrayList<>();
        Node written = Yaml.parse(PlanFile.text(file), file.toString(), problems);
        Node root = Environments.choose(written, options.system(), problems);
        return new Run(file, root, options, problems).plans();
    }

    /// Reads a resolved plan's canonical text, on whatever machine: neither the environment nor the
    /// files that the plan names are looked at.
    ///
    /// @param file the plan file's name, for messages
    /// @throws PlanException if the text is not a canonical plan
    public static Plan fromCanonical(String canonical, Path file) {
        if (canonical.length() > MAX_CANONICAL) {
            throw Yaml.refuse(new Position(file.toString(), 1, 1), "the plan is larger than 16 MiB");
        }
        Set<Problem> problems = new LinkedHashSet<>();
        List<Problem> duplicates = new ArrayList<>();
        Node root = Yaml.parse(canonical, file.toString(), duplicates);
        problems.addAll(duplicates);
        Reading reading = new Reading(folder(file), new Scope(Map.of(), Map.of()), false);
        PlanKeys.Draft draft = draft(root, reading, problems);
        Position start = root.position();
        if (draft.seed().isEmpty()) {
            problems.add(new Problem(start, "seed: a resolved plan has a number"));
        }
        if (PlanKeys.entry(root, PlanKeys.MATRIX).isPresent()) {
            problems.add(new Problem(start, "matrix: a resolved plan has none"));
        }
        if (PlanKeys.entry(root, PlanKeys.ENVIRONMENTS).isPresent()) {
            problems.add(new Problem(start, "environments: a resolved plan has none"));
        }
        refuse(problems);
        return draft.plan(draft.seed().orElseThrow(), values(reading.scope()), "");
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    private static PlanKeys.Draft draft(Node root, Reading reading, Set<Problem> problems) {
        PlanKeys.Draft draft = PlanKeys.ROOT.read(root, "", reading);
        Checks.all(draft, reading);
        problems.addAll(reading.problems());
        return draft;
    }

    private static Map<String, String> values(Scope scope) {
        Map<String, String> values = new LinkedHashMap<>();
        scope.values().forEach((name, value) -> values.put(name, value.text()));
        return values;
    }

    private static void refuse(Set<Problem> problems) {
        if (!problems.isEmpty()) {
            Comparator<Problem> order = Comparator.<Problem, String>comparing(
                            problem -> problem.position().file())
                    .thenComparingInt(problem -> problem.position().line())
                    .thenComparingInt(problem -> problem.position().column());
            throw new PlanException(problems.stream().sorted(order).toList());
        }
    }

    /// Holds what the cells of one reading share.
    private static final class Run {
        private final Path file;
        private final Node root;
        private final Options options;
        private final Set<Problem> problems;
        private final long generated = new SecureRandom().nextInt(1, MAX_SEED);

        Run(Path file, Node root, Options options, List<Problem> problems) {
            this.file = file;
            this.root = root;
            this.options = options;
            this.problems = new LinkedHashSet<>(problems);
        }

        List<ResolvedPlan> plans() {
            Reading ahead = new Reading(folder(file), scope(), true);
            List<Map<String, String>> cells = Matrix.cells(root, options.vars(), ahead);
            problems.addAll(ahead.problems());
            declared();
            List<ResolvedPlan> plans = new ArrayList<>();
            for (Map<String, String> cell : cells) {
                cell(cell).ifPresent(plans::add);
            }
            refuse(problems);
            return List.copyOf(plans);
        }

        private Scope scope() {
            return new Scope(options.environment(), options.vars());
        }

        private Optional<ResolvedPlan> cell(Map<String, String> cell) {
            Scope scope = scope();
            cell.forEach((name, value) -> scope.define(name, new Scope.Value(value, origin(name))));
            Reading reading = new Reading(folder(file), scope, true);
            PlanKeys.Draft draft = draft(root, reading, problems);
            if (!problems.isEmpty()) {
                return Optional.empty();
            }
            long seed = options.seed().orElse(draft.seed().orElse(generated));
            Plan plan = draft.plan(seed, values(scope), Matrix.suffix(cell, options.system()));
            String canonical = Canonical.text(plan);
            if (canonical.length() > MAX_CANONICAL) {
                problems.add(new Problem(root.position(), "the plan grows beyond 16 MiB with its variables filled in"));
            }
            Map<String, ResolvedPlan.Source> sources = sources(reading, draft, cell);
            return Optional.of(new ResolvedPlan(
                    plan, file.toAbsolutePath().normalize(), canonical, Canonical.digest(canonical), sources));
        }

        private String origin(String name) {
            return options.vars().containsKey(name) ? "--var" : "matrix";
        }

        private Map<String, ResolvedPlan.Source> sources(
                Reading reading, PlanKeys.Draft draft, Map<String, String> cell) {
            Map<String, ResolvedPlan.Source> sources = new LinkedHashMap<>(reading.sources());
            if (options.seed().isPresent()) {
                sources.computeIfPresent("seed", (_, source) -> new ResolvedPlan.Source(source.position(), "--seed"));
            } else if (draft.seed().isEmpty()) {
                sources.computeIfPresent(
                        "seed", (_, source) -> new ResolvedPlan.Source(source.position(), "generated"));
            }
            if (!cell.isEmpty()) {
                sources.computeIfPresent(
                        "plan",
                        (_, source) -> new ResolvedPlan.Source(source.position(), source.origin() + ", matrix"));
            }
            cell.keySet().forEach(name -> {
                ResolvedPlan.Source list = sources.get("matrix." + name + "[0]");
                Position position = list == null ? root.position() : list.position();
                sources.put("vars." + name, new ResolvedPlan.Source(position, origin(name)));
            });
            return sources;
        }

        /// Finds values given to variables that the plan does not have.
        private void declared() {
            Set<String> known = new LinkedHashSet<>();
            Optional<Node.Entry> vars = PlanKeys.entry(root, PlanKeys.VARS);
            for (Optional<Node.Entry> entry : List.of(vars, PlanKeys.entry(root, PlanKeys.MATRIX))) {
                if (entry.isPresent() && entry.get().value() instanceof Node.Mapping mapping) {
                    mapping.entries().forEach(each -> known.add(each.key().text()));
                }
            }
            Position position = vars.map(entry -> entry.key().position()).orElse(root.position());
            for (String name : options.vars().keySet()) {
                if (!known.contains(name) && !isSecret(name)) {
                    problems.add(new Problem(
                            position,
                            "--var " + Wording.shorten(name) + ": the plan declares no such variable; it declares "
                                    + Wording.list(known) + Nearest.hint(name, known)));
                }
            }
        }

        /// Says whether a name is a secret's, of which the reader of secrets tells.
        private boolean isSecret(String name) {
            Reading reading = new Reading(folder(file), new Scope(Map.of(), Map.of()), false);
            PlanKeys.SECRETS.read(PlanKeys.entry(root, PlanKeys.SECRETS), root.position(), "", reading);
            return reading.scope().secrets().contains(name);
        }
    }
}
