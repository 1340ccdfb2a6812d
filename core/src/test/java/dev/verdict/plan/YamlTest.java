package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {
    private static Node parse(String text) {
        return Yaml.parse(text, "p.yaml", new ArrayList<>());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `a: [1, 2`                | p.yaml:1:9: not valid YAML: expected ',' or ']', but got <stream end>
            `a: "x`                   | p.yaml:1:6: not valid YAML: found unexpected end of stream
            `a: 1\n\tb: 2`            | p.yaml:2:1: not valid YAML
            `a: b: c`                 | p.yaml:1:5: not valid YAML: mapping values are not allowed here
            `a: *x`                   | p.yaml:1:4: unknown anchor 'x'
            `a: &name 1\nb: *nane`    | p.yaml:2:4: unknown anchor 'nane'; did you mean 'name'?
            `a: &x [*x]`              | p.yaml:1:8: the alias '*x' stands inside the value that it repeats
            `a: !!binary x`           | p.yaml:1:4: YAML tags as 'tag:yaml.org,2002:binary' have no use in a plan
            `a: 1\n---\nb: 2`         | p.yaml:2:1: a second document begins; a plan is one YAML document
            `[a]: 1`                  | p.yaml:1:1: a key must be a plain text
            ``                        | p.yaml:1:1: the plan is empty
            `# only a comment`        | p.yaml:1:1: the plan is empty
            `%FOO`                    | p.yaml:1:
            """)
    void what_cannot_be_read_is_told_with_its_place(String yaml, String message) {
        String text = yaml == null ? "" : yaml.replace("\\n", "\n").replace("\\t", "\t");
        assertThatThrownBy(() -> parse(text)).isInstanceOf(PlanException.class).hasMessageStartingWith(message);
    }

    @Test
    void a_character_that_yaml_forbids_is_told_with_its_place() {
        assertThatThrownBy(() -> parse("a: 1\nb: x\u0007y"))
                .isInstanceOf(PlanException.class)
                .hasMessage("p.yaml:2:5: the character U+0007 is not allowed in YAML");
    }

    @Test
    void a_bomb_of_aliases_is_refused_at_once() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("a%d: &a%d [".formatted(level, level))
                    .append(("*a" + (level - 1) + ", ").repeat(9))
                    .append("x]\n");
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(2),
                () -> assertThatThrownBy(() -> parse(bomb.toString()))
                        .isInstanceOf(PlanException.class)
                        .hasMessageContaining("more than 20000 values"));
    }

    @Test
    void a_mile_deep_document_is_refused_at_once() {
        for (String deep : new String[] {"[".repeat(500_000), "{a: ".repeat(200_000), "- ".repeat(500_000)}) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(2),
                    () -> assertThatThrownBy(() -> parse(deep))
                            .isInstanceOf(PlanException.class)
                            .hasMessageContaining("nested deeper than 24 levels"));
        }
    }

    @Test
    void depth_counts_through_aliases() {
        String chain = "a: &a [[[[[[[[[[x]]]]]]]]]]\nb: &b [[[[[[[[[[*a]]]]]]]]]]\nc: [[[[[[[[[[*b]]]]]]]]]]\n";
        assertThatThrownBy(() -> parse(chain))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("p.yaml:3:14: nested deeper");
    }

    @Test
    void a_long_text_and_many_values_are_refused() {
        assertThatThrownBy(() -> parse("a: " + "x".repeat(70_000))).hasMessageContaining("a text longer than 65536");
        assertThatThrownBy(() -> parse("- x\n".repeat(21_000))).hasMessageContaining("more than 20000 values");
    }

    @Test
    void an_alias_repeats_its_value() {
        Node root = parse("a: &x { b: 1 }\nc: *x\n");

        assertThat(root)
                .isInstanceOfSatisfying(
                        Node.Mapping.class,
                        mapping -> assertThat(mapping.entries().get(1).value())
                                .isEqualTo(mapping.entries().get(0).value()));
    }
}
