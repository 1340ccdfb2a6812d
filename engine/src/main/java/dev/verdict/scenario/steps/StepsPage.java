package dev.verdict.scenario.steps;

import dev.verdict.scenario.steps.StepCatalog.KnownStep;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the vocabulary as a page of Markdown: `docs/steps.md`.
public final class StepsPage {
    private static final String WORDS = """
            ## The words in between

            | word | says | as |
            |---|---|---|
            | `{content}` | what is looked at | `the body`, `the header "Location"`, `the exit code`, `the output`, \
            `the error output`, `the file "out/a.json"`, `the folder "out"`, `the log of "orders"`, \
            `the metric "orders_total" of "orders"`, `the restarts of "orders"`, `an event`, `an event "paid"`, `the event`, \
            `the events`, `a message`, `the message`, `the messages`, `the rows`, `the reply` |
            | `{content} at "…"` | what a JSON path finds in it | `the body at "$.items[0].name"`, `the rows at "$[*].id"` |
            | `{content} on "…"` | of which stream or socket, if it was opened `as` a name | `a message on "ann"` |
            | `{patience}` | how long a check has; may be left out | `within 10 seconds`, `for 500 ms`, `within 2 minutes` |
            | `{value}` | a literal; quoted it is text, bare it is a number, true, false or null | `"paid"`, `'say "hi"'`, \
            `3`, `12.50`, `true`, `null`, `${id}` |
            | `{amount}` | a number, or a bound | `3`, `at least 3`, `at most 3`, `more than 3`, `less than 3` |
            | `{statuses}` | HTTP statuses | `200`, `2xx`, `200 or 204` |
            | `{lasting}` | how long a fault acts; may be left out | `for 10 seconds` |
            | `{size}` | an amount of bytes | `100 bytes`, `64 MB`, `1.5 GiB` |
            | `{broken}` | how a connection fails | `reset`, `refused`, `stalled`, `a black hole` |
            | `{duration}` | a time | `200 ms`, `10 seconds`, `1 minute` |
            | `{string}` | a text in quotes, double or single | `"orders"` |

            `an event` and `a message` mean any of those that arrived; after such a check, `the event` and `the message` are the \
            one that passed. They come in their own time, so a check of them without `within` waits up to 10 seconds.

            `within` looks again until the check holds: it reads the file, log or metric again, sends the last GET again (never a \
            POST, PUT, PATCH or DELETE), asks the last query again, runs the last command again. If it never holds, the message \
            has the last thing seen and how often it was looked at. `for` looks again and again, too, but the check must hold \
            each time. There is no step that only waits.

            A service is named with its only port or the one named `http`, or with another as `"orders.admin"`.

            `${name}` stands for a value that an earlier step saved, for a variable or secret of the plan, or for an address \
            as `${orders.http.url}`.

            A check that nearly everything would pass is reported as weak: a status set with both 2xx and 5xx, a pattern found \
            in every text, an empty `contains`, `at least 0`.
            """;

    private StepsPage() {}

    /// Returns the whole page.
    public static String markdown() {
        List<String> parts = new ArrayList<>();
        parts.add("""
                # Steps

                What a scenario can say without a line of Java. This page is generated from the steps themselves; \
                `verdict steps` prints it, `verdict steps --search WORD` looks in it.
                """);
        parts.add(WORDS);
        for (Family family : Family.values()) {
            parts.add(section(family));
        }
        return String.join("\n", parts);
    }

    private static String section(Family family) {
        return "## " + family.title() + "\n\n" + family.about() + "\n\n"
                + StepCatalog.all().stream()
                        .filter(step -> step.family() == family)
                        .map(StepsPage::entry)
                        .collect(Collectors.joining("\n"));
    }

    private static String entry(KnownStep step) {
        return "### " + step.keyword() + " `" + step.expression() + "`\n\n" + step.text() + "\n\n```gherkin\n"
                + step.example() + "\n```\n";
    }
}
