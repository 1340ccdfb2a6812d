package dev.verdict.load.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.verdict.load.ErrorKind;
import dev.verdict.load.LoadListener;
import dev.verdict.load.LoadResult;
import dev.verdict.load.wire.Nginx;
import dev.verdict.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sends loads of plans to a real PostgreSQL, which must be installed; root starts it as the user
/// that is installed with it.
@Tag("slow")
@Timeout(120)
final class PostgresTest {
    private static Path folder;
    private static int port;
    private static Process postgres;

    @BeforeAll
    static void start() throws Exception {
        Path programs = programs();
        // Below no folder that only root may enter.
        folder = Files.createTempDirectory(Path.of("/tmp"), "verdict-postgres-");
        if (isRoot()) {
            run(List.of("chown", "postgres", folder.toString()));
        }
        Path data = folder.resolve("data");
        run(asItself(programs.resolve("initdb") + " -A trust -U shop --no-sync -D " + data));
        port = Nginx.free();
        postgres = new ProcessBuilder(asItself(programs.resolve("postgres") + " -D " + data + " -p " + port
                        + " -c listen_addresses=127.0.0.1 -c fsync=off -k " + folder))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            try (Connection connection = connect()) {
                return connection.isValid(1);
            }
        });
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT NOT NULL)");
        }
    }

    private static Path programs() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        assumeTrue(Files.isDirectory(versions), "no PostgreSQL");
        try (Stream<Path> found = Files.list(versions)) {
            Path programs = found.sorted().toList().getLast().resolve("bin");
            assumeTrue(Files.isExecutable(programs.resolve("initdb")), "no PostgreSQL's server");
            return programs;
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /// PostgreSQL does not run as root.
    private static List<String> asItself(String command) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        words.addAll(List.of(command.split(" ")));
        return words;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=shop";
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    @AfterAll
    static void stop() throws Exception {
        if (postgres != null) {
            postgres.destroy();
            assertThat(postgres.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file :
                        files.sorted((one, other) -> other.compareTo(one)).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void statements_of_a_plan_are_executed_and_answered() throws Exception {
        LoadResult result = send("""
                {"name": "new", "sql": "INSERT INTO orders VALUES ('${unique}', 'paid') RETURNING id", "at": "URL",
                 "save": {"id": "[0].id"}},
                {"name": "state", "sql": "SELECT state FROM orders WHERE id = '${saved.id}'", "at": "URL",
                 "contains": "[{\\"state\\":\\"paid\\"}]"}""");
        assertThat(result.all().counts().errors()).isEmpty();
        assertThat(result.all().counts().answered()).isEqualTo(100);
        long made = result.requests().getFirst().counts().answered();
        try (Connection connection = connect();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(made).isPositive();
        }
    }

    @Test
    void what_it_refuses_is_a_status_and_what_lasts_too_long_times_out() throws Exception {
        LoadResult refused = send("{\"sql\": \"SELECT * FROM lost\", \"at\": \"URL\"}");
        assertThat(refused.all().counts().errors()).containsOnlyKeys(ErrorKind.STATUS);
        assertThat(refused.all().counts().examples().get(ErrorKind.STATUS)).contains("\"lost\" does not exist");
        assertThat(refused.all().counts().connects()).isEqualTo(8);
        LoadResult slow = send("{\"sql\": \"SELECT pg_sleep(10)\", \"at\": \"URL\"}");
        assertThat(slow.all().counts().answered()).isZero();
        assertThat(slow.all().counts().errors())
                .containsKey(ErrorKind.TIMED_OUT)
                .doesNotContainKey(ErrorKind.STATUS);
    }

    private static LoadResult send(String requests) throws IOException, InterruptedException {
        var load = PlanReader.fromCanonical("""
                {"plan": "p", "seed": 1, "phases": [{"name": "one", "suites": [{"name": "s", "load":
                  [{"request": [%s], "rate": "100/s", "for": "1s", "connections": 8, "timeout": "2s"}]}]}]}""".formatted(requests.replace("URL", url())), Path.of("verdict.yaml"))
                .suites()
                .getFirst()
                .loads()
                .getFirst();
        var setting = new PlannedClients.Setting(folder, "run", 7, ClassLoader.getSystemClassLoader());
        try (var generator = new ClientGenerator(PlannedClients.of(load, setting, Object::toString))) {
            return generator.run(LoadListener.NONE);
        }
    }
}
