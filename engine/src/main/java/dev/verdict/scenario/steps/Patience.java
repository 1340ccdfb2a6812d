package dev.verdict.scenario.steps;

import java.time.Duration;

/// Says how long a check has: it holds now, comes to hold within a time, or goes on holding for
/// one.
record Patience(Mode mode, Duration time) {
    enum Mode {
        NOW,
        WITHIN,
        FOR
    }

    /// Matches the words before a check, or nothing at all.
    static final String PATTERN = "(?:(?:within|for) " + Durations.PATTERN + " )?";

    static final Patience NOW = new Patience(Mode.NOW, Duration.ZERO);

    static Patience parse(String words) {
        if (words.isEmpty()) {
            return NOW;
        }
        String[] parts = words.strip().split(" ", 2);
        return new Patience(parts[0].equals("within") ? Mode.WITHIN : Mode.FOR, Durations.parse(parts[1]));
    }

    /// Returns this, or `within` that time if nothing was said.
    Patience orWithin(Duration usual) {
        return mode == Mode.NOW ? new Patience(Mode.WITHIN, usual) : this;
    }
}
