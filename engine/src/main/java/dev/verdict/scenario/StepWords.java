package dev.verdict.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Is a step as the bag of its words, to measure how alike two steps are: people forget a word or
/// change one, so words say more than letters.
public record StepWords(List<String> words) {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}|\\([^)]*\\)");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}_]+");

    /// Stands for any parameter: a step that takes one is a little more like another that does.
    private static final String ANY = " _ ";

    /// Is the share of common words below which a suggestion only distracts.
    private static final double ENOUGH = 0.45;

    public StepWords {
        words = List.copyOf(words);
    }

    /// Returns the words of a step as it stands in a feature file.
    public static StepWords ofText(String text) {
        String plain = NUMBER.matcher(QUOTED.matcher(text).replaceAll(ANY)).replaceAll(ANY);
        return new StepWords(SEPARATOR
                .splitAsStream(plain.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    /// Returns the words of a Cucumber expression or a regular expression.
    public static StepWords ofPattern(String pattern) {
        return ofText(PARAMETER.matcher(pattern).replaceAll(ANY));
    }

    /// Returns the candidate that is most like this step, the first of equals; none if none is like
    /// it at all.
    public <T> Optional<T> nearest(Collection<T> candidates, Function<T, StepWords> words) {
        double best = ENOUGH;
        Optional<T> nearest = Optional.empty();
        for (T candidate : candidates) {
            double likeness = likeness(words.apply(candidate));
            if (likeness > best) {
                best = likeness;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /// Is Dice's coefficient of the two bags of words: twice what they share by what both have. A
    /// misspelt word is shared by half.
    private double likeness(StepWords other) {
        if (words.isEmpty() || other.words.isEmpty()) {
            return 0;
        }
        List<String> rest = new ArrayList<>(other.words);
        List<String> odd = new ArrayList<>(words);
        odd.removeIf(rest::remove);
        double shared = words.size() - odd.size();
        for (String word : odd) {
            shared += rest.removeIf(known -> misspelt(word, known)) ? 0.5 : 0;
        }
        return 2 * shared / (words.size() + other.words.size());
    }

    /// Returns whether two words begin and end alike for two thirds of the longer one: cheaper than
    /// counting typing mistakes, for thousands of steps.
    private static boolean misspelt(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return 3 * (start + end) >= 2 * Math.max(one.length(), other.length());
    }
}
