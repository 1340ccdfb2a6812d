package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTest {
    private static Scope scope() {
        Scope scope = new Scope(Map.of("SET", "environment", "HOME", "/home/ada", "EMPTY", ""), Map.of());
        scope.define("SET", new Scope.Value("plan", "plan"));
        scope.define("cell", new Scope.Value("h2", "matrix"));
        scope.secret("TOKEN");
        return scope;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                      | plain
            ${SET}                     | plan
            $SET                       | plan
            a$SET.b                    | aplan.b
            ${HOME}/x                  | /home/ada/x
            ${cell}-${SET}             | h2-plan
            $$SET                      | $SET
            $${SET}                    | ${SET}
            $$$SET                     | $plan
            cost $$5                   | cost $5
            ${UNSET:-d}                | d
            ${UNSET-d}                 | d
            ${EMPTY:-d}                | d
            [${EMPTY-d}]               | []
            ${SET:-d}                  | plan
            [${UNSET:-}]               | []
            ${UNSET:-${HOME}/y}        | /home/ada/y
            ${UNSET:-${ALSO:-${SET}}}  | plan
            ${UNSET:-a$$b}             | a$b
            ${SET:+x}                  | x
            [${UNSET:+x}]              | []
            [${EMPTY:+x}]              | []
            ${EMPTY+x}                 | x
            ${SET:?no}                 | plan
            [${EMPTY?no}]              | []
            ${UNSET-127.0.0.1}         | 127.0.0.1
            ${UNSET-a.b}               | a.b
            ${UNSET:-a:b-c?d}          | a:b-c?d
            }                          | }
            {a: 1}                     | {a: 1}
            """)
    void a_text_is_filled_in_as_compose_does(String written, String filled) {
        List<String> mistakes = new ArrayList<>();
        assertThat(scope().fill(written, mistakes).plain()).contains(filled);
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${SEt}           | variable 'SEt' is not set; the plan declares SET, cell and TOKEN, the environment may set it, and ${SEt:-value} gives a default; did you mean 'SET'?
            ${UNSET:?need}   | variable 'UNSET' is not set: need
            ${EMPTY:?need}   | variable 'EMPTY' is not set: need
            ${UNSET?$HOME}   | variable 'UNSET' is not set: /home/ada
            ${TOKEN:-x}      | the secret 'TOKEN' takes no default or other choice; write ${TOKEN}
            a $              | a single '$' in 'a $'; write $$ for a dollar sign
            $(x)             | a single '$' in '$(x)'; write $$ for a dollar sign
            ${A:-${B!}}      | '${B!}' is not a reference; allowed are ${NAME}, ${NAME:-default}, ${NAME:?message}, ${NAME:+instead}, ${SERVICE.PORT.url} and $$ for a dollar sign
            ${A:-b           | '${A:-b' has no closing brace; allowed are ${NAME}, ${NAME:-default}, ${NAME:?message}, ${NAME:+instead}, ${SERVICE.PORT.url} and $$ for a dollar sign
            """)
    void a_mistake_in_a_text_is_told(String written, String message) {
        List<String> mistakes = new ArrayList<>();
        scope().fill(written, mistakes);
        assertThat(mistakes).containsExactly(message);
    }

    @Test
    void what_only_the_run_knows_stays_a_reference() {
        List<String> mistakes = new ArrayList<>();
        Scope.Filled filled = scope().fill("${stock-db.sql.port}/${TOKEN}${UNSET:-${run.id}}$$", mistakes);

        assertThat(mistakes).isEmpty();
        assertThat(filled.plain()).isEmpty();
        assertThat(filled.text())
                .isEqualTo(new Text(List.of(
                        new Text.Address("stock-db", "sql", "port"),
                        new Text.Literal("/"),
                        new Text.SecretValue("TOKEN"),
                        new Text.Fact("run.id"),
                        new Text.Literal("$"))));
    }

    @Test
    void variables_that_double_each_other_do_not_grow_without_end() {
        Scope scope = new Scope(Map.of(), Map.of());
        List<String> mistakes = new ArrayList<>();
        String value = "x".repeat(1000);
        for (int round = 0; round < 40 && mistakes.isEmpty(); round++) {
            scope.define("v", new Scope.Value(value, "plan"));
            value = scope.fill("$v$v", mistakes).plain().orElseThrow();
        }
        assertThat(mistakes).containsExactly("grows beyond 65536 characters when its variables are filled in");
    }
}
