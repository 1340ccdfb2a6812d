package dev.verdict.scenario.steps;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounds a number: `3`, `exactly 3`, `at least 3`, `at most`, `more than`, `less than`.
///
/// @param number decimal, or `${name}` until [#expand]
record Amount(Bound bound, String number) {
    enum Bound {
        EXACTLY("exactly"),
        AT_LEAST("at least"),
        AT_MOST("at most"),
        MORE_THAN("more than"),
        LESS_THAN("less than");

        private final String words;

        Bound(String words) {
            this.words = words;
        }
    }

    private static final String NUMBER = "(?:-?\\d+(?:\\.\\d+)?|\\$\\{[^}]*\\})";
    private static final String BOUND = "(?:at least|at most|more than|less than)";

    /// Matches a bound that must be said.
    static final String BOUND_PATTERN = BOUND + " " + NUMBER;

    /// Matches a number that stands for exactly itself, or a bound.
    static final String PATTERN = "(?:(?:exactly|at least|at most|more than|less than) )?" + NUMBER;

    private static final Pattern PARTS = Pattern.compile("(?:([a-z ]+) )?(" + NUMBER + ")");

    static Amount parse(String words) {
        Matcher parts = PARTS.matcher(words);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no amount: " + words);
        }
        String said = parts.group(1);
        Bound bound = Bound.EXACTLY;
        for (Bound candidate : Bound.values()) {
            bound = candidate.words.equals(said) ? candidate : bound;
        }
        return new Amount(bound, parts.group(2));
    }

    Amount expand(UnaryOperator<String> values) {
        return new Amount(bound, values.apply(number));
    }

    boolean accept(BigDecimal actual) {
        int order = actual.compareTo(decimal());
        return switch (bound) {
            case EXACTLY -> order == 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case MORE_THAN -> order > 0;
            case LESS_THAN -> order < 0;
        };
    }

    private BigDecimal decimal() {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number: " + number, e);
        }
    }

    /// Says why no count could miss it; an amount below zero is possible, but nobody counts it.
    Optional<String> weakness() {
        boolean always = switch (bound) {
            case AT_LEAST -> decimal().signum() <= 0;
            case MORE_THAN -> decimal().signum() < 0;
            case EXACTLY, AT_MOST, LESS_THAN -> false;
        };
        return always ? Optional.of("every count is " + this) : Optional.empty();
    }

    @Override
    public String toString() {
        return bound == Bound.EXACTLY ? number : bound.words + " " + number;
    }
}
