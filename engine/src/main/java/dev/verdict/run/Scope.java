package dev.verdict.run;

import dev.verdict.plan.Phase;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.Discovery;
import dev.verdict.scenario.LooseStep;
import dev.verdict.scenario.Selection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds what the plan's suites contain, found before anything starts.
public final class Scope implements AutoCloseable {
    private final List<Phase> phases;
    private final Map<String, Discovered> suites;

    private Scope(List<Phase> phases, Map<String, Discovered> suites) {
        this.phases = phases;
        this.suites = suites;
    }

    /// Returns a scope without any suite: only the system comes up.
    public static Scope nothing() {
        return new Scope(List.of(), Map.of());
    }

    /// Reads the features of every suite.
    ///
    /// @param workers scenarios side by side in every suite; as the plan says if empty
    /// @throws PlanException with every mistake of every suite
    public static Scope discover(ResolvedPlan plan, Selection selection, OptionalInt workers) {
        Discovery discovery = new Discovery(plan.file(), existing(plan));
        Map<String, Discovered> suites = new LinkedHashMap<>();
        for (Suite suite : plan.plan().suites()) {
            Suite asked = workers.isPresent() ? suite.with(workers.getAsInt()) : suite;
            suites.put(suite.name(), discovery.discover(asked, selection));
        }
        Scope scope = new Scope(plan.plan().phases(), suites);
        List<Problem> problems = suites.values().stream()
                .flatMap(suite -> Stream.concat(suite.problems().stream(), unsendable(plan, suite.suite())))
                .toList();
        if (!problems.isEmpty()) {
            scope.close();
            throw new PlanException(problems);
        }
        return scope;
    }

    /// Finds loads that could not be sent: whose feed is malformed, or lacks a column.
    private static Stream<Problem> unsendable(ResolvedPlan plan, Suite suite) {
        Position start = new Position(plan.file().toString(), 1, 1);
        return suite.loads().stream()
                .flatMap(
                        load -> PlannedActs.refuse(
                                load, plan.directory(), start, "suite " + suite.name() + ": " + load.name() + ": ")
                                .stream());
    }

    private static Set<String> existing(ResolvedPlan plan) {
        return plan.plan().services().values().stream()
                .filter(service -> service.runs() instanceof Runs.Existing)
                .map(Service::name)
                .collect(Collectors.toSet());
    }

    /// Returns every suite, in the plan's order.
    public List<Discovered> suites() {
        return List.copyOf(suites.values());
    }

    /// Returns how many scenarios will run.
    public int selected() {
        return suites.values().stream().mapToInt(Discovered::count).sum();
    }

    /// Returns the steps that no or several definitions match.
    public List<LooseStep> looseSteps() {
        return suites.values().stream()
                .flatMap(suite -> suite.looseSteps().stream())
                .toList();
    }

    List<Phase> phases() {
        return phases;
    }

    boolean has(Suite suite) {
        return suites.containsKey(suite.name());
    }

    Discovered of(Suite suite) {
        return Objects.requireNonNull(suites.get(suite.name()), suite.name());
    }

    /// Closes the suites' class paths.
    @Override
    public void close() {
        suites.values().forEach(Discovered::close);
    }
}
