package dev.verdict.scenario;

import dev.verdict.plan.Position;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.gherkin.Step;
import io.cucumber.core.runner.Runner;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.StepDefinedEvent;
import io.cucumber.plugin.event.TestStepFinished;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Matches every step against the glue without running any: Cucumber's own matching, each text
/// once.
final class DryRun {
    private final Set<String> patterns = new LinkedHashSet<>();
    private final Map<String, Set<Position>> places = new LinkedHashMap<>();
    private final Map<String, Unmatched> unmatched = new LinkedHashMap<>();
    private final ClassLoader loader;
    private final Runner runner;
    private Optional<List<String>> found = Optional.empty();

    /// Is what is known about a text that does not match one definition.
    private record Unmatched(List<String> candidates, String snippet) {}

    DryRun(SuiteGlue glue) {
        loader = glue.loader();
        ScenarioBus bus = new ScenarioBus();
        bus.registerHandlerFor(
                StepDefinedEvent.class,
                event -> patterns.add(event.getStepDefinition().getPattern()));
        bus.registerHandlerFor(TestStepFinished.class, this::finished);
        runner = glue.runner(bus, true);
    }

    /// Returns the undefined and ambiguous steps, in the order in which they stand.
    ///
    /// @throws RuntimeException if the step definitions contradict each other; the message says how
    List<LooseStep> check(List<FoundScenario> scenarios) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            scenarios.forEach(scenario -> scenario.pickle().getSteps().forEach(step -> check(scenario, step)));
        } finally {
            thread.setContextClassLoader(before);
        }
        NearestStep nearest = new NearestStep(patterns);
        List<LooseStep> loose = new ArrayList<>();
        unmatched.forEach((text, is) -> loose.add(new LooseStep(
                text,
                List.copyOf(places.getOrDefault(text, Set.of())),
                is.candidates(),
                is.candidates().isEmpty() ? nearest.to(text) : Optional.empty(),
                is.snippet())));
        return loose;
    }

    private void check(FoundScenario scenario, Step step) {
        String text = step.getText();
        if (!places.containsKey(text)) {
            places.put(text, new LinkedHashSet<>());
            match(PickleView.of(scenario.pickle(), step));
            found.ifPresent(candidates ->
                    unmatched.put(text, new Unmatched(candidates, candidates.isEmpty() ? StepSnippet.of(step) : "")));
        }
        if (unmatched.containsKey(text)) {
            Objects.requireNonNull(places.get(text))
                    .add(new Position(scenario.uri(), step.getLocation().getLine(), column(step)));
        }
    }

    private void match(Pickle pickle) {
        found = Optional.empty();
        runner.runPickle(pickle);
    }

    private void finished(TestStepFinished event) {
        Status status = event.getResult().getStatus();
        if (status == Status.UNDEFINED) {
            found = Optional.of(List.of());
        } else if (status == Status.AMBIGUOUS) {
            found = Optional.of(candidates(event.getResult().getError()));
        }
    }

    /// Returns the definitions that Cucumber names below the first line of its message.
    private static List<String> candidates(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), "")
                .lines()
                .skip(1)
                .map(String::strip)
                .toList();
    }

    private static int column(Step step) {
        return Math.max(1, step.getLocation().getColumn());
    }
}
