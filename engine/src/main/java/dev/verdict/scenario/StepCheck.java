package dev.verdict.scenario;

import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import dev.verdict.scenario.steps.StepCatalog;
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
import java.util.regex.Pattern;

/// Matches every step of the scenarios without running any, each text once.
final class StepCheck {
    /// Finds the service that a built-in step does something to.
    private static final Pattern SERVICE = Pattern.compile("(?:service|clock of) \"([^\"]*)\"");

    private final SuiteGlue glue;
    private final Map<String, StepMatcher> matchers = new HashMap<>();
    private final Map<String, Match> matches = new LinkedHashMap<>();
    private final Set<StepDefinition> used = new HashSet<>();
    private final Set<String> untouchable;
    private final List<Problem> problems = new ArrayList<>();

    /// Is what one text came to.
    private record Match(Step step, List<StepDefinition> definitions, Set<Position> places) {
        boolean loose() {
            return definitions.size() != 1;
        }
    }

    /// Checks the scenarios.
    ///
    /// @param untouchable names of services that Verdict neither starts nor ends
    /// @throws RuntimeException if the step definitions contradict each other; the message says how
    StepCheck(SuiteGlue glue, Set<String> untouchable, List<FoundScenario> scenarios) {
        this.glue = glue;
        this.untouchable = Set.copyOf(untouchable);
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

    /// Returns the steps that would do something to a service which only exists.
    List<Problem> problems() {
        return List.copyOf(problems);
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
        Position place = new Position(scenario.uri(), step.getLocation().getLine(), column(step));
        if (match.loose()) {
            match.places().add(place);
        } else if (StepCatalog.changesService(match.definitions().getFirst().getPattern())) {
            SERVICE.matcher(step.getText())
                    .results()
                    .map(found -> found.group(1))
                    .filter(untouchable::contains)
                    .forEach(name -> problems.add(new Problem(
                            place,
                            "service '%s' exists already: Verdict neither starts nor ends it, so this step cannot be"
                                            .formatted(name)
                                    + " carried out: " + step.getText())));
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
