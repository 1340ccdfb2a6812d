package dev.verdict.plan;

import java.util.Collection;
import java.util.List;

/// Words the parts of messages alike.
final class Wording {
    private static final int SHOWN = 60;
    private static final int LISTED = 20;

    private Wording() {}

    /// Returns at most 60 characters of a value, on one line.
    static String shorten(String text) {
        String line = text.replace("\n", "\\n").replaceAll("\\p{Cntrl}", " ");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
    }

    /// Returns `a, b and c`, or `none`.
    static String list(Collection<String> names) {
        List<String> shown = names.stream().limit(LISTED).toList();
        if (names.size() > LISTED) {
            return String.join(", ", shown) + " and " + (names.size() - LISTED) + " more";
        }
        return join(shown, " and ");
    }

    /// Returns `a, b or c`.
    static String choice(Collection<String> names) {
        return join(List.copyOf(names), " or ");
    }

    private static String join(List<String> names, String last) {
        if (names.isEmpty()) {
            return "none";
        }
        if (names.size() == 1) {
            return names.getFirst();
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + last + names.getLast();
    }
}
