package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import dev.verdict.load.wire.Save;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sends statements to a SQLite file, over the driver that Verdict brings.
@Timeout(30)
final class SqlUserTest {
    @TempDir
    Path folder;

    @BeforeEach
    void make() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db"));
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)");
            statement.execute("INSERT INTO items VALUES (7, 'a lamp')");
        }
    }

    @Test
    void statements_are_answered_by_rows_or_by_how_many_they_changed() throws Exception {
        LoadResult result = send(
                ask("read", "SELECT id, name FROM items WHERE id = 7", "[{\"id\":7,\"name\":\"a lamp\"}]"),
                new ClientRequest(
                        "first",
                        1,
                        sql("t.db"),
                        List.of("SELECT id FROM items WHERE name = 'a lamp'"),
                        Optional.empty(),
                        List.of(new Save.FromBody("saved.id", "$[0].id"))),
                ask("again", "SELECT ${saved.id} + 1 AS n", "[{\"n\":8}]"),
                ask("write", "INSERT INTO items VALUES (100 + ${number}, 'n')", "1"));

        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(60);
        assertThat(result.all().counts().connects()).isEqualTo(8);
        long written = result.requests().getLast().counts().answered();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("t.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM items WHERE id >= 100")) {
            assertThat(rows.getLong(1)).isEqualTo(written).isPositive();
        }
    }

    @Test
    void what_the_database_refuses_is_an_error_and_the_connection_is_kept() throws Exception {
        LoadResult result =
                send(ask("no", "SELECT * FROM absent", ""), ask("other", "SELECT id FROM items", "{\"id\":8}"));
        assertThat(result.all().counts().errors()).containsOnlyKeys(ErrorKind.STATUS, ErrorKind.CHECK);
        assertThat(result.all().counts().examples().get(ErrorKind.STATUS)).contains("no such table: absent");
        assertThat(result.all().counts().connects()).isEqualTo(4);
    }

    @Test
    void a_database_that_nobody_knows_tells_no_password() throws Exception {
        ClientRequest asked = new ClientRequest(
                "x",
                1,
                new Protocol.Sql("jdbc:nobody:?password=hush", folder, ClassLoader.getSystemClassLoader()),
                List.of("SELECT 1"),
                Optional.empty(),
                List.of());
        LoadResult result = send(asked);
        assertThat(result.all().counts().answered()).isZero();
        assertThat(result.all().counts().examples().get(ErrorKind.UNREACHABLE))
                .contains("no JDBC driver takes this URL")
                .doesNotContain("hush");
    }

    private Protocol sql(String file) {
        return new Protocol.Sql("jdbc:sqlite:" + file, folder, ClassLoader.getSystemClassLoader());
    }

    private ClientRequest ask(String name, String statement, String contains) {
        return new ClientRequest(name, 1, sql("t.db"), List.of(statement), Optional.of(contains), List.of());
    }

    private static LoadResult send(ClientRequest... requests) throws InterruptedException {
        ClientLoad load = new ClientLoad(
                List.of(requests),
                Feed.usual("run"),
                new Pace.Open(Profile.constant(100, Duration.ofMillis(600)), Pace.Arrival.EVEN, 1),
                Slice.WHOLE,
                1,
                2,
                Duration.ZERO,
                Duration.ofSeconds(2),
                Long.MAX_VALUE);
        try (ClientGenerator generator = new ClientGenerator(load)) {
            return generator.run(LoadListener.NONE);
        }
    }
}
