package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants a bug that needs two of thirty faults, and lets `verdict shrink` find them.
@Tag("slow")
final class ShrinkTest {
    /// A replica that is started again loses what it held; if that happened to replicas 3 and 7
    /// both, nobody has it any more.
    private static final String REPLICA = """
            cd "$1"
            echo start >> "replica$2"
            again() { [ "$(wc -l < "replica$1" 2>/dev/null || echo 0)" -gt 1 ]; }
            if again 3 && again 7; then : > lost; fi
            exec sleep 600
            """;

    private static final int REPLICAS = 10;

    @Test
    void a_bug_of_two_faults_is_found_in_a_schedule_of_thirty(@TempDir Path root) throws Exception {
        PlanFolder.create(root).plan(plan()).write("replica.sh", REPLICA).write("features/data.feature", """
                        Feature: Data

                          Scenario: Nothing is lost
                            When GET "/lost" is sent to "files"
                            Then for 2 seconds the status is 404
                        """);
        VerdictProcess.Ended run = VerdictProcess.run(root, "run");
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);

        VerdictProcess shrinking =
                VerdictProcess.start(root, "shrink", "--repeat", "1", "--within", "8min", "-o", "few.yaml");
        assertThat(shrinking.endsWithin(600_000)).isTrue();
        VerdictProcess.Ended shrunk = shrinking.await();

        assertThat(shrunk.exitCode()).as(shrunk.out() + shrunk.err()).isZero();
        assertThat(shrunk.out()).contains("30 faults", "2 faults after");
        List<String> left = Files.readAllLines(root.resolve("few.yaml")).stream()
                .filter(line -> line.startsWith("  - "))
                .toList();
        assertThat(left).hasSize(2);
        assertThat(left.getFirst() + left.getLast()).contains("kill: replica3", "kill: replica7");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void an_interrupted_search_tells_the_best_so_far(@TempDir Path root) throws Exception {
        PlanFolder.create(root).plan(plan()).write("replica.sh", REPLICA).write("features/data.feature", """
                        Feature: Data

                          Scenario: Nothing is lost
                            When GET "/lost" is sent to "files"
                            Then for 2 seconds the status is 404
                        """);
        VerdictProcess.run(root, "run");
        VerdictProcess shrinking = VerdictProcess.start(root, "shrink", "--repeat", "1");
        shrinking.awaitOutput("run 2:");
        shrinking.interrupt();
        VerdictProcess.Ended shrunk = shrinking.await();

        assertThat(shrunk.exitCode()).as(shrunk.out() + shrunk.err()).isEqualTo(130);
        assertThat(shrunk.out()).contains("stopped: interrupted", "the smallest found so far", "kill: replica3");
        Awaitility.await()
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> Leftovers.processes(root.toString()).isEmpty());
        try (Stream<Path> runs = Files.list(root.resolve(".verdict/runs"))) {
            assertThat(runs.filter(Files::isDirectory)).isNotEmpty();
        }
    }

    private static String plan() throws IOException {
        String replicas = IntStream.range(0, REPLICAS)
                .mapToObj("    replica%1$d: { command: [sh, replica.sh, \"${run.directory}\", \"%1$d\"] }%n"::formatted)
                .collect(Collectors.joining());
        // the others again and again; replicas 3 and 7 once each
        List<Integer> others = List.of(0, 1, 2, 4, 5, 6, 8, 9);
        List<Integer> killed = IntStream.range(0, 30)
                .mapToObj(index -> index == 16 ? 3 : index == 22 ? 7 : others.get(index % others.size()))
                .toList();
        String faults = IntStream.range(0, killed.size())
                .mapToObj(index -> "          - { at: %dms, kill: replica%d, then: restart }%n"
                        .formatted(50 + index * 40, killed.get(index)))
                .collect(Collectors.joining());
        return PlanFolder.ONE_SERVICE
                .replace("-d, \"DIRECTORY\"", "-d, \"${run.directory}\"")
                .replace("/index.html", "/")
                .replace("phases:", replicas + "phases:")
                .replace("        features: features/\n", "        features: features/\n        faults:\n" + faults);
    }
}
