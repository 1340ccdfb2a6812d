package dev.verdict.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the known step that shares the most words with an unknown one: people forget a word or
/// change one, so words say more than letters.
final class NearestStep {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}|\\([^)]*\\)");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}_]+");

    /// Stands for any parameter: a step that takes one is a little more like another that does.
    private static final String ANY = "_";

    /// Is the share of common words below which a suggestion only distracts.
    private static final double ENOUGH = 0.45;

    private final List<Known> known;

    private record Known(String pattern, List<String> words) {}

    NearestStep(Collection<String> patterns) {
        known = patterns.stream()
                .map(pattern ->
                        new Known(pattern, words(PARAMETER.matcher(pattern).replaceAll(" " + ANY + " "))))
                .toList();
    }

    /// Returns the pattern that is most like the text, if one is like it at all.
    Optional<String> to(String text) {
        String plain =
                NUMBER.matcher(QUOTED.matcher(text).replaceAll(" " + ANY + " ")).replaceAll(" " + ANY + " ");
        List<String> words = words(plain);
        double best = ENOUGH;
        Optional<String> nearest = Optional.empty();
        for (Known candidate : known) {
            double score = likeness(words, candidate.words());
            if (score > best) {
                best = score;
                nearest = Optional.of(candidate.pattern());
            }
        }
        return nearest;
    }

    /// Is Dice's coefficient of the two bags of words: twice what they share by what both have.
    private static double likeness(List<String> one, List<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return 0;
        }
        List<String> rest = new ArrayList<>(other);
        long shared = one.stream().filter(rest::remove).count();
        return 2.0 * shared / (one.size() + other.size());
    }

    private static List<String> words(String text) {
        return SEPARATOR
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
