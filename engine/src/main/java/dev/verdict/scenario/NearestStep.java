package dev.verdict.scenario;

import dev.verdict.scenario.steps.StepCatalog;
import dev.verdict.scenario.steps.StepCatalog.KnownStep;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the known step that is most like an unknown one. A built-in step is shown by its example,
/// which can be copied; of the user's own, only the pattern is known.
final class NearestStep {
    private final List<Known> own;

    private record Known(String shown, StepWords words) {}

    /// Takes the patterns of all definitions; those of the built-in ones are left to the catalogue.
    NearestStep(Collection<String> patterns) {
        Set<String> builtIn =
                StepCatalog.all().stream().map(KnownStep::expression).collect(Collectors.toSet());
        own = patterns.stream()
                .filter(pattern -> !builtIn.contains(pattern))
                .map(pattern -> new Known(pattern, StepWords.ofPattern(pattern)))
                .toList();
    }

    /// Returns the step that is most like the text, if one is like it at all; of equals the user's.
    Optional<String> to(String text) {
        StepWords asked = StepWords.ofText(text);
        Optional<Known> mine = asked.nearest(own, Known::words);
        Optional<Known> builtIn =
                StepCatalog.nearest(text).map(step -> new Known(step.sentence(), StepWords.ofText(step.sentence())));
        List<Known> nearest = Stream.of(mine, builtIn).flatMap(Optional::stream).toList();
        return asked.nearest(nearest, Known::words).map(Known::shown);
    }
}
