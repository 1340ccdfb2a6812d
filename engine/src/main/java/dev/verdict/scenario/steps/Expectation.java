package dev.verdict.scenario.steps;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// Says what would pass, as a pure function of a content.
///
/// @param words what would pass, as `at least 3`
/// @param holds whether a content passes
/// @param shown what to show of one that does not
/// @param weakness why nearly everything would pass
record Expectation(String words, Predicate<Content> holds, Function<Content, String> shown, Optional<String> weakness) {
    static Expectation of(String words, Predicate<Content> holds) {
        return new Expectation(words, holds, Content::shown, Optional.empty());
    }

    Expectation showing(Function<Content, String> other) {
        return new Expectation(words, holds, other, weakness);
    }

    Expectation weakIf(Optional<String> reason) {
        return new Expectation(words, holds, shown, weakness.or(() -> reason));
    }

    Expectation weakIf(boolean weak, String reason) {
        return weak ? weakIf(Optional.of(reason)) : this;
    }
}
