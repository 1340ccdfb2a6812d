package dev.verdict.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.plan.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedFilesTest {
    @TempDir
    Path folder;

    private Feed.Rows read(String name, String text) throws IOException {
        return FeedFiles.read(Files.writeString(folder.resolve(name), text));
    }

    @Test
    void values_in_quotes_hold_commas_line_ends_and_quotes() throws IOException {
        Feed.Rows rows = read("users.csv", "name,note\r\nann,\"a, \"\"b\"\"\nc\"\r\n\r\nbob,\n");

        assertThat(rows.variables()).containsExactly("name", "note");
        assertThat(rows.rows()).containsExactly(List.of("ann", "a, \"b\"\nc"), List.of("bob", ""));
    }

    @Test
    void json_lines_give_texts_as_they_are_and_others_as_json() throws IOException {
        Feed.Rows rows = read("users.jsonl", "{\"name\":\"ann\",\"n\":1}\n\n{\"n\":[2],\"name\":\"bob\"}\n");

        assertThat(rows.variables()).containsExactly("name", "n");
        assertThat(rows.rows()).containsExactly(List.of("ann", "1"), List.of("bob", "[2]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.csv; 1; no line of names; ''",
                "a.csv; 1; no rows; 'name,note|'",
                "a.csv; 3; 1 values, but there are 2 names; 'name,note|ann,x|bob|'",
                "a.csv; 5; 3 values, but there are 2 names; 'name,note|ann,\"x|y\"||bob,1,2|'",
                "a.csv; 2; a quote without an end; 'name,note|ann,\"x|'",
                "a.jsonl; 2; not a JSON object; '{\"a\":1}|[1]|'",
                "a.jsonl; 3; no 'a', which the first has; '{\"a\":1}||{\"b\":1}|'",
            })
    void a_mistake_is_told_with_its_own_line(String name, int line, String what, String text) {
        assertThatThrownBy(() -> read(name, text.replace('|', '\n')))
                .isInstanceOfSatisfying(
                        PlanException.class,
                        mistake -> assertThat(mistake.problems())
                                .singleElement()
                                .hasToString(folder.resolve(name) + ":" + line + ":1: " + what));
    }

    @Test
    void a_broken_line_of_json_is_told_with_its_line() {
        assertThatThrownBy(() -> read("a.ndjson", "{\"a\":1}\n{\"a\"\n"))
                .isInstanceOf(PlanException.class)
                .hasMessageStartingWith(folder.resolve("a.ndjson") + ":2:1: no JSON: ");
    }
}
