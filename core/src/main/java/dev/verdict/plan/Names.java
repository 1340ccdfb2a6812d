package dev.verdict.plan;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Says which names the user may choose for something.
enum Names {
    SERVICE("a service", "[A-Za-z][A-Za-z0-9_-]{0,62}", "letters, digits, - and _, first a letter, at most 63"),
    PORT("a port", "[A-Za-z0-9][A-Za-z0-9_-]{0,62}", "letters, digits, - and _, first a letter or digit, at most 63"),
    SYSTEM("an environment", "[A-Za-z][A-Za-z0-9_-]{0,62}", "letters, digits, - and _, first a letter, at most 63"),
    ARTIFACT("an artifact", "[A-Za-z][A-Za-z0-9_-]{0,62}", "letters, digits, - and _, first a letter, at most 63"),
    VARIABLE("a variable", "[A-Za-z_][A-Za-z0-9_]{0,62}", "letters, digits and _, first no digit, at most 63"),
    OPERATION("an operation", "[a-z][a-z-]{0,62}", "small letters and -, at most 63"),
    HEADER("a header", "[A-Za-z0-9!#$%&'*+.^_|~-]{1,255}", "letters, digits and !#$%&'*+-.^_|~, at most 255"),
    ENVIRONMENT(
            "an environment variable",
            "[A-Za-z_][A-Za-z0-9_.-]{0,254}",
            "letters, digits, _, . and -, first a letter or _, at most 255");

    /// Names that references to facts begin with, as `${run.id}`.
    private static final Set<String> TAKEN = Set.of("run", "verdict", ArtifactKeys.FIRST);

    private final String what;
    private final String pattern;
    private final Pattern compiled;
    private final String allowed;

    Names(String what, String pattern, String allowed) {
        this.what = what;
        this.pattern = pattern;
        this.compiled = Pattern.compile(pattern);
        this.allowed = allowed;
    }

    String pattern() {
        return pattern;
    }

    /// Returns why a name is not allowed.
    Optional<String> refuse(String name) {
        if (!compiled.matcher(name).matches()) {
            return Optional.of(
                    "'" + Wording.shorten(name) + "' is not a name for " + what + "; allowed are " + allowed);
        }
        if (this == SERVICE && TAKEN.contains(name)) {
            String what = name.equals(ArtifactKeys.FIRST) ? "artifacts" : "the run itself";
            return Optional.of("a service cannot be called '" + name + "': ${" + name + ".…} speaks of " + what);
        }
        return Optional.empty();
    }
}
