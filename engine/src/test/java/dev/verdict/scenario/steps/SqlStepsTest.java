package dev.verdict.scenario.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqlStepsTest {
    private static final String QUERY =
            "When the query \"SELECT id, state, total FROM orders ORDER BY id\" is run on \"jdbc:sqlite:orders.db\"";

    @TempDir
    Path folder;

    private Script script = new Script(Path.of("."));

    @BeforeEach
    void fill() throws Exception {
        script = new Script(folder);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("orders.db"));
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE orders (id TEXT, state TEXT, total REAL)");
            sql.execute("INSERT INTO orders VALUES ('o-1', 'paid', 12.5), ('o-2', NULL, 3)");
        }
    }

    @Test
    void rows_are_counted_compared_and_saved() throws Exception {
        Script.Told told = script.run(
                        QUERY,
                        "Then there are 2 rows",
                        "And the rows are",
                        "  | id  | state | total |",
                        "  | o-1 | paid  | 12.50 |",
                        "  | o-2 |       | 3     |",
                        "And the rows include",
                        "  | id  |",
                        "  | o-2 |",
                        "And the rows at \"$[0].state\" are \"paid\"",
                        "When the rows at \"$[1].id\" are saved as \"second\"",
                        "And the query is run on \"jdbc:sqlite:orders.db\"",
                        "  \"\"\"",
                        "  SELECT count(*) AS n FROM orders WHERE id = '${second}'",
                        "  \"\"\"",
                        "Then the rows at \"$[0].n\" are 1")
                .passed();
        assertThat(told.observed()).hasSize(2);
        assertThat(told.observed().getFirst().kind()).isEqualTo("sql");
        assertThat(told.observed().getFirst().source()).isEqualTo("jdbc:sqlite:orders.db");
    }

    @Test
    void rows_that_differ_are_named() throws Exception {
        script.run(QUERY, "Then the rows are", "  | id  | state |", "  | o-1 | paid  |", "  | o-2 | new   |")
                .failed("row 2 is {\"id\":\"o-2\"");
        script.run(QUERY, "Then the rows are", "  | id  |", "  | o-1 |").failed("2 rows");
        script.run(QUERY, "Then the rows include", "  | id  |", "  | o-3 |").failed("no row [o-3]");
        script.run(QUERY, "Then the rows include", "  | name |", "  | o-3  |").broke("no column name");
        script.run(QUERY, "Then there are 3 rows").failed("expected 3 rows, but was 2: [");
        script.run(QUERY, "Then there are at least 0 rows").passed().weak("every count");
        script.run("When the query \"SELECT * FROM none\" is run on \"jdbc:sqlite:orders.db\"")
                .broke("no such table: none");
        script.run("When the query \"SELECT 1\" is run on \"jdbc:sqlite:other.db\"")
                .broke("there is no database other.db");
        script.run("When the query \"SELECT 1\" is run on \"orders.db\"").broke("no JDBC driver takes this URL");
        assertThat(folder.resolve("other.db")).doesNotExist();
    }

    @Test
    void waiting_asks_again_and_a_statement_changes_the_database() throws Exception {
        script.run(
                        "Given the statement \"DELETE FROM orders WHERE id = 'o-1'\" is run on \"jdbc:sqlite:orders.db\"",
                        QUERY,
                        "Then there is 1 row",
                        "And within 200 ms there are 2 rows")
                .failed("expected 2 rows, but was 1: [", "(looked ");
        script.run(
                        "Given the statement is run on \"jdbc:sqlite:orders.db\"",
                        "  \"\"\"",
                        "  INSERT INTO orders VALUES ('o-1', 'new', 1)",
                        "  \"\"\"",
                        QUERY,
                        "Then within 5 seconds there are 2 rows")
                .passed();
    }
}
