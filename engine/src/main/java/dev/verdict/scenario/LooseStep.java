package dev.verdict.scenario;

import dev.verdict.plan.Position;
import java.util.List;
import java.util.Optional;

/// Tells about a step text that no step definition matches, or more than one.
///
/// @param text as in the feature files, with an outline's values filled in
/// @param places where it stands; the lines repeat for an outline's examples only once
/// @param candidates the definitions that match, if it is ambiguous; empty if it is undefined
/// @param nearest the known step that is most like it
/// @param snippet a step definition in Java to start from; empty if it is ambiguous
public record LooseStep(
        String text, List<Position> places, List<String> candidates, Optional<String> nearest, String snippet) {
    public LooseStep {
        places = List.copyOf(places);
        candidates = List.copyOf(candidates);
    }

    /// Returns whether several definitions match, rather than none.
    public boolean ambiguous() {
        return !candidates.isEmpty();
    }

    /// Returns the explanation for the user, several lines.
    public String message() {
        if (ambiguous()) {
            return "more than one step matches: " + text + "\n  " + String.join("\n  ", candidates);
        }
        return "no step matches: " + text
                + nearest.map(known -> "\n  nearest known step: " + known).orElse("")
                + (snippet.isEmpty() ? "" : "\n" + snippet.strip().indent(2).stripTrailing());
    }
}
