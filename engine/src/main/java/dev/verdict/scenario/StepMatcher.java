package dev.verdict.scenario;

import io.cucumber.core.backend.ParameterInfo;
import io.cucumber.core.backend.ParameterTypeDefinition;
import io.cucumber.core.backend.StepDefinition;
import io.cucumber.core.stepexpression.StepExpression;
import io.cucumber.core.stepexpression.StepExpressionFactory;
import io.cucumber.core.stepexpression.StepTypeRegistry;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Finds the definitions that match a step's text, as Cucumber's runner would, in one language.
///
/// Most definitions are ruled out without their regular expression: a word that stands in a
/// Cucumber expression outside of parameters and options must stand in the text.
final class StepMatcher {
    private static final String NO_PLAIN_WORD = "{}()\\^$";

    private final List<Known> known;

    @SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
    private record Known(StepDefinition definition, StepExpression expression, Type[] types, List<List<String>> words) {
        /// Loops, since this runs for every text and definition.
        boolean matches(String text) {
            for (List<String> any : words) {
                if (!hasOne(text, any)) {
                    return false;
                }
            }
            return expression.match(text, types) != null;
        }

        private static boolean hasOne(String text, List<String> words) {
            for (String word : words) {
                if (text.contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }

    /// Compiles the definitions.
    ///
    /// @throws RuntimeException if one is wrong or there twice; the message says which
    StepMatcher(Locale language, List<StepDefinition> steps, List<ParameterTypeDefinition> parameterTypes) {
        StepTypeRegistry registry = new StepTypeRegistry(language);
        parameterTypes.forEach(type -> registry.defineParameterType(type.parameterType()));
        StepExpressionFactory expressions = new StepExpressionFactory(registry, new ScenarioBus());
        requireDistinct(steps);
        known = steps.stream().map(step -> known(step, expressions)).toList();
    }

    /// Returns every definition that matches.
    List<StepDefinition> match(String text) {
        List<StepDefinition> matching = new ArrayList<>();
        for (Known one : known) {
            if (one.matches(text)) {
                matching.add(one.definition());
            }
        }
        return matching;
    }

    private static Known known(StepDefinition step, StepExpressionFactory expressions) {
        Type[] types =
                step.parameterInfos().stream().map(ParameterInfo::getType).toArray(Type[]::new);
        return new Known(step, expressions.createExpression(step), types, words(step.getPattern()));
    }

    private static void requireDistinct(List<StepDefinition> steps) {
        Map<String, StepDefinition> byPattern = new HashMap<>();
        for (StepDefinition step : steps) {
            StepDefinition other = byPattern.putIfAbsent(step.getPattern(), step);
            if (other != null) {
                throw new IllegalArgumentException("the step \"%s\" is defined twice: in %s and in %s"
                        .formatted(step.getPattern(), other.getLocation(), step.getLocation()));
            }
        }
    }

    /// Returns the words of which the text must have one each, of `is/are` either.
    private static List<List<String>> words(String pattern) {
        boolean regularExpression = pattern.startsWith("^") || pattern.endsWith("$") || pattern.startsWith("/");
        return regularExpression
                ? List.of()
                : Stream.of(pattern.replaceAll("\\{[^}]*}|\\([^)]*\\)", "{}").split("\\s+"))
                        .filter(word -> word.chars().noneMatch(c -> NO_PLAIN_WORD.indexOf(c) >= 0))
                        .map(word -> Arrays.asList(word.split("/")))
                        .toList();
    }
}
