package dev.verdict.plan;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Finds passwords that stand in an address in clear, from where they would come into the journal,
/// which holds the plan.
final class Passwords {
    /// Stands for a secret: no address holds it.
    private static final String SECRET = "\0";

    private static final Pattern CLEAR = Pattern.compile(
            "://[^/?#@:\\s]*:(?!\0*@)[^/?#@\\s]+@|(?i)[?&;](?:password|passwd|pwd)=(?!\0*(?:[&;]|$))[^&;]+"
                    + "|jdbc:oracle:[a-z]+:[^/@]*/(?!\0*@)[^/@]+@");

    private Passwords() {}

    /// Reports a password that a request's address holds, also if a variable brought it there.
    static void check(Section section, Key<?> key, Text address) {
        String text = address.parts().stream()
                .map(part -> switch (part) {
                    case Text.Literal literal -> literal.text();
                    case Text.SecretValue _ -> SECRET;
                    case Text.Address _, Text.Fact _, Text.Input _ -> "x";
                })
                .collect(Collectors.joining());
        if (CLEAR.matcher(text).find()) {
            section.reading()
                    .problem(
                            section.path(key),
                            key.name()
                                    + ": a password stands in the address, and would in the journal; list it under 'secrets', as"
                                    + " secrets: [DB_PASSWORD], and write ${DB_PASSWORD}");
        }
    }
}
