package dev.verdict.cli;

import java.util.Objects;

/// Knows the version that the build wrote into the jar's manifest.
final class Version {
    private Version() {}

    /// Returns what `--version` prints.
    static String line() {
        // Joined without `+`, whose first use costs Java more than all the rest of the answer.
        return String.join(
                "",
                "verdict ",
                number(),
                " (Java ",
                Integer.toString(Runtime.version().feature()),
                ")");
    }

    /// Returns the number; of classes that lie in no jar nobody knows it.
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unreleased");
    }
}
