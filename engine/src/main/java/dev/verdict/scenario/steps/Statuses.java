package dev.verdict.scenario.steps;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds the HTTP statuses that a check accepts: `200`, `2xx`, `200 or 204`.
record Statuses(List<String> accepted) {
    static final String PATTERN = "[1-5](?:\\d\\d|xx)(?:(?:, | or )[1-5](?:\\d\\d|xx))*";

    Statuses {
        accepted = List.copyOf(accepted);
    }

    static Statuses parse(String words) {
        return new Statuses(Stream.of(words.split(", | or ")).toList());
    }

    boolean accept(String status) {
        return accepted.stream()
                .anyMatch(one -> one.endsWith("xx")
                        ? status.length() == 3 && one.charAt(0) == status.charAt(0)
                        : one.equals(status));
    }

    Optional<String> weakness() {
        List<Character> classes =
                accepted.stream().map(status -> status.charAt(0)).distinct().toList();
        if (classes.contains('2') && classes.contains('5')) {
            return Optional.of("it accepts success and server errors alike");
        }
        return classes.size() > 2
                ? Optional.of("it accepts statuses of " + classes.size() + " classes")
                : Optional.empty();
    }

    @Override
    public String toString() {
        return String.join(" or ", accepted);
    }
}
