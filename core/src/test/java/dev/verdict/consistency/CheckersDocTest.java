package dev.verdict.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.consistency.append.Isolation;
import dev.verdict.consistency.append.Phenomenon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds docs/checkers.md to what the checkers say.
final class CheckersDocTest {
    private static final Pattern EXAMPLE = Pattern.compile(
            "`--model (\\S+)` → ([^`]*?)(?:; valid for `(\\S+)`)?:\n\n```json\n(.*?)```", Pattern.DOTALL);

    @Test
    void every_example_is_judged_as_the_page_says() throws IOException {
        List<MatchResult> examples = EXAMPLE.matcher(page()).results().toList();
        assertThat(examples).hasSizeGreaterThan(25);
        for (MatchResult example : examples) {
            History history =
                    NdjsonHistory.read(new ByteArrayInputStream(example.group(4).getBytes(StandardCharsets.UTF_8)));
            String verdict = example.group(2).split("[:;]", 2)[0];
            String found = Events.verdict(checker(example.group(1)), history);
            assertThat(verdict).as(example.group()).startsWith(found.matches("valid|unknown") ? found : "invalid");
            if (verdict.startsWith("invalid, ")) {
                String name = verdict.split(", ", 2)[1].replaceFirst(", the .*", "");
                assertThat(List.of(found.split(" ", -1))).as(example.group()).contains(name);
            }
            if (example.group(3) != null) {
                assertThat(Events.verdict(checker(example.group(3)), history))
                        .as(example.group())
                        .isEqualTo("valid");
            }
        }
    }

    @Test
    void every_model_is_told() throws IOException {
        String page = page();
        Set<String> untold = new TreeSet<>(Models.names());
        untold.removeIf(name -> page.contains("`" + name + "`") || name.startsWith("list-append-"));
        assertThat(untold).isEmpty();
    }

    @Test
    void the_tables_of_phenomena_and_models_are_those_of_the_code() throws IOException {
        String page = page();
        for (Phenomenon phenomenon : Phenomenon.values()) {
            assertThat(page)
                    .contains("| %s | %s | %s |"
                            .formatted(
                                    phenomenon.term(),
                                    phenomenon.words(),
                                    terms(Isolation.weakest(Isolation.refutedBy(Set.of(phenomenon))).stream())));
        }
        for (Isolation model : Isolation.values()) {
            Set<Isolation> included = Stream.of(Isolation.values())
                    .filter(other -> other != model && model.includes(other))
                    .collect(Collectors.toSet());
            String forbids =
                    model.adds().stream().sorted().map(Phenomenon::term).collect(Collectors.joining(", "));
            assertThat(page)
                    .contains("| `%s` | %s | %s |"
                            .formatted(model.term(), terms(Isolation.strongest(included).stream()), forbids));
        }
    }

    private static String terms(Stream<Isolation> models) {
        return models.map(model -> "`" + model.term() + "`").collect(Collectors.joining(", "));
    }

    private static Checker checker(String model) {
        return Models.checker(model).orElseThrow(() -> new AssertionError("there is no model " + model));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/checkers.md"));
    }
}
