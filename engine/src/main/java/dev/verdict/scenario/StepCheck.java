package dev.verdict.scenario;

import dev.verdict.plan.Position;
import io.cucumber.core.backend.StepDefinition;
import io.cucumber.core.gherkin.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Matches every step of the scenarios without running any, each text once.
final class StepCheck {
    private final SuiteGlue glue;
    private final Map<String, StepMatcher> matchers = new HashMap<>();
    private final Map<String, Match> matches = new LinkedHashMap<>();
    private final Set<StepDefinition> used = new HashSet<>();

    /// Is what one text came to.
    private record Match(Step step, List<StepDefinition> definitions, Set<Position> places) {
        boolean loose() {
            return definitions.size() != 1;
        }
    }

    /// Checks the scenarios.
    ///
    /// @throws RuntimeException if the step definitions contradict each other; the message says how
    StepCheck(SuiteGlue glue, List<FoundScenario> scenarios) {
        this.glue = glue;
        matcher("en");
        for (FoundScenario scenario : scenarios) {
            scenario.pickle().getSteps().forEach(step -> check(scenario, step));
        }
    }

    /// Returns the undefined and ambiguous steps, in the order in which they stand.
    List<LooseStep> looseSteps() {
        NearestStep nearest = new NearestStep(
                glue.steps().stream().map(StepDefinition::getPattern).toList());
        List<LooseStep> loose = new ArrayList<>();
        matches.forEach((text, match) -> {
            if (match.loose()) {
                boolean undefined = match.definitions().isEmpty();
                loose.add(new LooseStep(
                        text,
                        List.copyOf(match.places()),
                        match.definitions().stream()
                                .map(step -> "\"" + step.getPattern() + "\" in " + step.getLocation())
                                .toList(),
                        undefined ? nearest.to(text) : Optional.empty(),
                        undefined ? StepSnippet.of(match.step()) : ""));
            }
        });
        return loose;
    }

    /// Returns the definitions that the scenarios need.
    Set<StepDefinition> used() {
        return Set.copyOf(used);
    }

    private void check(FoundScenario scenario, Step step) {
        Match match = matches.computeIfAbsent(
                step.getText(),
                text -> new Match(step, matcher(scenario.pickle().getLanguage()).match(text), new LinkedHashSet<>()));
        used.addAll(match.definitions());
        if (match.loose()) {
            match.places().add(new Position(scenario.uri(), step.getLocation().getLine(), column(step)));
        }
    }

    private StepMatcher matcher(String language) {
        return matchers.computeIfAbsent(
                language, name -> new StepMatcher(Locale.of(name), glue.steps(), glue.parameterTypes()));
    }

    private static int column(Step step) {
        return Math.max(1, step.getLocation().getColumn());
    }
}
