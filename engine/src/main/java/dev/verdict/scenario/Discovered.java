package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.plan.Problem;
import dev.verdict.plan.Suite;
import io.cucumber.core.backend.StepDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds what a suite contains: what will run, what was left out, what is wrong.
/// It holds the suite's class path open until it is closed.
///
/// @param selected what will run of the feature files, in the order in which it starts
/// @param beside what will run beside these: the suite's workload
/// @param leftOut what the selection, or a tag, leaves out
/// @param problems files that cannot be read, and step classes that cannot be used: with any of
///     these the suite must not run
/// @param looseSteps undefined and ambiguous steps of the selected scenarios; these run all the
///     same, up to that step
/// @param glue the suite's step definitions
/// @param usedSteps those that the selected scenarios use
public record Discovered(
        Suite suite,
        List<FoundScenario> selected,
        List<Event.ScenarioFound> beside,
        List<LeftOut> leftOut,
        List<Problem> problems,
        List<LooseStep> looseSteps,
        SuiteGlue glue,
        Set<StepDefinition> usedSteps)
        implements AutoCloseable {
    public Discovered {
        selected = List.copyOf(selected);
        beside = List.copyOf(beside);
        leftOut = List.copyOf(leftOut);
        problems = List.copyOf(problems);
        looseSteps = List.copyOf(looseSteps);
        usedSteps = Set.copyOf(usedSteps);
    }

    /// Names a scenario that does not run, and who said so: `tags: not @slow`, `--name …`, `@skip`.
    public record LeftOut(Event.ScenarioFound scenario, String by) {}

    /// Returns what loads the suite's classes, as JDBC drivers, until it is closed.
    public ClassLoader loader() {
        return glue.loader();
    }

    /// Returns how many scenarios will run.
    public int count() {
        return selected.size() + beside.size();
    }

    /// Returns a sentence about a suite in which nothing will run, and why.
    public Optional<String> nothing() {
        if (count() > 0) {
            return Optional.empty();
        }
        if (leftOut.isEmpty()) {
            return Optional.of(
                    "suite " + suite.name() + " holds no scenario in " + String.join(", ", suite.features()));
        }
        Map<String, Long> counts = leftOut.stream().collect(Collectors.groupingBy(LeftOut::by, Collectors.counting()));
        return Optional.of(counts.entrySet().stream()
                .map(entry -> entry.getKey() + " leaves out " + entry.getValue())
                .sorted()
                .collect(Collectors.joining("; ", "suite " + suite.name() + " runs nothing: ", "")));
    }

    /// Closes the suite's class path.
    @Override
    public void close() {
        glue.close();
    }
}
