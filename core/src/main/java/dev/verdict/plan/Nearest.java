package dev.verdict.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what was likely meant by a misspelt name.
public final class Nearest {
    private static final int LONGEST = 100;

    private Nearest() {}

    /// Returns the candidate with the fewest typing mistakes (a letter wrong, missing, added, or
    /// two swapped), if these are at most a third of the word; case counts for nothing.
    public static Optional<String> to(String word, Collection<String> candidates) {
        if (word.isEmpty() || word.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = word.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, word.length() / 3);
        record Candidate(String name, int distance) {}
        return candidates.stream()
                .filter(name -> Math.abs(name.length() - word.length()) <= allowed)
                .map(name -> new Candidate(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(candidate -> candidate.distance() <= allowed && candidate.distance() < word.length())
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /// Returns the hint that ends a message: `; did you mean 'ready'?`, or nothing.
    static String hint(String word, Collection<String> candidates) {
        return to(word, candidates)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }

    /// Counts by the Damerau-Levenshtein distance, restricted so that no part is edited twice.
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            last[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] now = new int[to.length() + 1];
            now[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int wrong = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
                now[column] = Math.min(last[column - 1] + wrong, 1 + Math.min(last[column], now[column - 1]));
                if (swapped(from, row, to, column)) {
                    now[column] = Math.min(now[column], beforeLast[column - 2] + 1);
                }
            }
            beforeLast = last;
            last = now;
        }
        return last[to.length()];
    }

    private static boolean swapped(String from, int row, String to, int column) {
        return row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
    }
}
