package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs scenarios that disturb memory, processes, disks, clocks, databases and networks, and see it
/// by what the service can no longer do. Needs root and libfaketime.
@Tag("slow")
final class FaultsOfScenariosTest {
    private static final Duration AHEAD = Duration.ofDays(800);

    private static final String PLAN = """
            plan: victims
            system:
              services:
                stock:
                  command: [COMMAND, "${stock.http.port}", data]
                  ports: { http: {} }
                  ready: { http: /, within: 30s }
                  writes: [data]
                  disk: 1MB
                  clock: own
            APART
            phases:
              - name: all
                suites: [{ name: victims, features: features/ }]
            """;

    private static final String COMMAND = "\"${verdict.java}\", -Xmx32m, -XX:TieredStopAtLevel=1, -XX:+UseSerialGC,"
            + " -cp, \"CLASSES\", dev.verdict.e2e.Victim";

    private static final String OWN = """
            Feature: What a service has to itself

              Scenario: it has what memory it was left, and no more
                When the service "stock" can get 32 MB of memory more
                And GET "/eat?4" is sent to "stock"
                Then the status is 200
                When GET "/eat?64" is sent to "stock"
                Then the status is 503
                When the fault is undone
                And GET "/eat?64" is sent to "stock"
                Then the status is 200

              Scenario: no memory at all kills it
                When the service "stock" runs out of memory
                Then within 10 seconds the service "stock" has exited with 137
                When the fault is undone
                And GET "/" is sent to "stock"
                Then within 20 seconds the status is 200

              Scenario: it can start no process
                When the service "stock" may have 5 processes
                And GET "/fork" is sent to "stock"
                Then the status is 503
                When the fault is undone
                And GET "/fork" is sent to "stock"
                Then the status is 200

              Scenario Outline: it cannot write
                When the disk of "stock" <is>
                And POST "/write" is sent to "stock"
                Then the status is 503
                And the body contains "<words>"
                When the fault is undone
                And POST "/write" is sent to "stock"
                Then the status is 200

                Examples:
                  | is                | words                 |
                  | is full           | No space left         |
                  | has 64 KiB left   | No space left         |
                  | is read-only      | Read-only file system |

              Scenario: its clock is wrong, and right again
                When the clock of "stock" is AHEAD hours ahead
                And GET "/year" is sent to "stock"
                Then the body is "THEN"
                When the fault is undone
                And GET "/year" is sent to "stock"
                Then the body is "NOW"
                When the clock of "stock" is AHEAD hours behind
                And GET "/year" is sent to "stock"
                Then the body is "BEFORE"

              Scenario: pages of its database are damaged, but not the first
                Given the command ": > data/shop.db" is run
                And the statement is run on "jdbc:sqlite:data/shop.db"
                  \"""
                  CREATE TABLE t AS
                  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
                  SELECT i, hex(randomblob(100)) AS h FROM n
                  \"""
                And the command "cp data/shop.db whole.db" is run
                When 3 pages of the database "data/shop.db" of "stock" are damaged
                And the command "cmp -l whole.db data/shop.db | awk '{print int(($1 - 1) / 4096)}' | sort -u | wc -l" is run
                Then the output is "3"
                When the command "cmp -n 4096 whole.db data/shop.db" is run
                Then the exit code is 0
                When the fault is undone
                And the command "cmp whole.db data/shop.db" is run
                Then the exit code is 0
            """;

    private static final String APART = """
            Feature: Who reaches whom

              Scenario Outline: <cut>
                When <cut>
                And GET "/reach?b" is sent to "a"
                Then the status is <a to b>
                When GET "/reach?c" is sent to "b"
                Then the status is <b to c>
                When the fault is undone
                And GET "/reach?b" is sent to "a"
                Then the status is 200
                When GET "/reach?c" is sent to "b"
                Then the status is 200

                Examples:
                  | cut                                              | a to b | b to c |
                  | the service "a" is isolated                      | 503    | 200    |
                  | services "a" and "b" are cut off from "c"        | 200    | 503    |
                  | what "a" sends to "b" is lost                    | 503    | 200    |
                  | the services "b" and "c" are divided into halves | 200    | 503    |
            """;

    private static String plan() throws URISyntaxException {
        StringBuilder apart = new StringBuilder();
        for (String name : List.of("a", "b", "c")) {
            apart.append("""
                        NAME:
                          command: [COMMAND, "80", ., "b=${b.http.host}", "c=${c.http.host}"]
                          network: own
                          ports: { http: { fixed: 80 } }
                          ready: { http: /, within: 30s }
                    """.replace("NAME", name));
        }
        Path classes = Path.of(
                Victim.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return PLAN.replace("APART\n", apart.toString().indent(0))
                .replace("COMMAND", COMMAND)
                .replace("CLASSES", classes.toString());
    }

    private static String year(Instant instant) {
        return Integer.toString(instant.atOffset(ZoneOffset.UTC).getYear());
    }

    @Test
    void a_service_is_hindered_as_the_step_says_and_no_longer_once_it_is_undone(@TempDir Path root) throws Exception {
        Instant now = Instant.now();
        PlanFolder folder = new PlanFolder(root)
                .plan(plan())
                .write(
                        "features/own.feature",
                        OWN.replace("AHEAD", Long.toString(AHEAD.toHours()))
                                .replace("THEN", year(now.plus(AHEAD)))
                                .replace("NOW", year(now))
                                .replace("BEFORE", year(now.minus(AHEAD))))
                .write("features/apart.feature", APART);

        VerdictProcess.Ended run = VerdictProcess.run(folder.root(), "run");

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("12 passed");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }
}
