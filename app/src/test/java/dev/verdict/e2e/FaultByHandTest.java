package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.JournalReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disturbs a system that is up, by hand, and looks at it with a client of its own.
@Tag("slow")
final class FaultByHandTest {
    /// `looker` only tells the address that its link to `files` has.
    private static final String PLAN = PlanFolder.ONE_SERVICE.replace("phases:", """
                looker:
                  command: [sh, -c, "echo $$FILES > FOLDER/url; exec sleep 600"]
                  env: { FILES: "${files.http.url}" }
            phases:
            """.indent(0));

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void faults_act_and_are_listed_and_undone(@TempDir Path root) throws Exception {
        PlanFolder.create(root)
                .plan(PLAN.replace("FOLDER", root.toString()))
                .write("features/none.feature", "Feature: none\n");
        assertThat(verdict(root, 0, "up", "-d")).contains("The system is up");
        try {
            Path url = root.resolve("url");
            Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> Files.exists(url) && Files.size(url) > 9);
            URI files = URI.create(Files.readString(url).strip() + "/index.html");
            assertThat(millis(files)).isLessThan(2_000);

            assertThat(verdict(root, 0, "fault", "delay", "looker→files", "700ms", "--for", "5m"))
                    .contains("fault 1: looker→files is delayed by 700ms", "verdict fault undo 1");
            assertThat(millis(files)).isGreaterThanOrEqualTo(700);
            assertThat(verdict(root, 0, "fault", "pause", "files")).contains("fault 2: files is paused");
            assertThat(state(root)).containsExactly("T");
            assertThat(verdict(root, 0, "fault", "list")).contains("looker→files", "is paused", "(hand)");

            assertThat(verdict(root, 0, "fault", "undo", "2")).contains("undone: fault 2, files is paused");
            assertThat(state(root)).hasSize(1).doesNotContain("T");
            assertThat(verdict(root, 0, "fault", "undo", "--all")).contains("undone: fault 1");
            assertThat(millis(files)).isLessThan(700);
            assertThat(verdict(root, 0, "fault", "list")).contains("no fault acts");

            assertThat(verdict(root, 2, "fault", "undo", "9")).contains("no fault 9 acts");
            assertThat(verdict(root, 2, "fault", "pause", "flies")).contains("did you mean files?");
            assertThat(verdict(root, 2, "fault", "pause")).contains("say what is done");
            assertThat(verdict(root, 2, "fault", "dely", "files")).contains("did you mean 'delay'?");
        } finally {
            verdict(root, 0, "down");
        }
        assertThat(verdict(root, 2, "fault", "list")).contains("nothing is up");
        assertThat(faults(root)).containsExactly("delay by hand", "pause by hand");
        assertThat(Leftovers.processes(root.toString())).isEmpty();
    }

    @Test
    void the_socket_is_the_users_own_and_goes_with_the_run(@TempDir Path root) throws Exception {
        PlanFolder.create(root).plan(PlanFolder.ONE_SERVICE).write("features/none.feature", "Feature: none\n");
        verdict(root, 0, "up", "-d");
        Path socket;
        try {
            try (Stream<Path> runs = Files.list(root.resolve(".verdict/runs"))) {
                Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
                socket = Path.of(Files.readString(run.resolve("control")).strip());
            }
            assertThat(Files.getPosixFilePermissions(socket)).hasSize(2);
            assertThat(Files.getPosixFilePermissions(socket.resolveSibling(""))).hasSize(3);
        } finally {
            verdict(root, 0, "down");
        }
        assertThat(socket).doesNotExist();
    }

    private static String verdict(Path root, int exitCode, String... words) throws InterruptedException {
        VerdictProcess.Ended ended = VerdictProcess.run(root, words);
        assertThat(ended.exitCode())
                .as("%s\n%s%s", List.of(words), ended.out(), ended.err())
                .isEqualTo(exitCode);
        return ended.out() + ended.err();
    }

    private long millis(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        long start = System.nanoTime();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
        return (System.nanoTime() - start) / 1_000_000;
    }

    /// Returns the state that the kernel tells of the file server's process.
    private static List<String> state(Path root) {
        return Leftovers.processes(root.toString()).stream()
                .filter(process -> process.contains("jdk.httpserver"))
                .map(process -> Path.of("/proc", process.substring(0, process.indexOf(' ')), "stat"))
                .map(FaultByHandTest::stateIn)
                .toList();
    }

    private static String stateIn(Path stat) {
        try {
            String line = Files.readString(stat);
            return line.substring(line.lastIndexOf(')') + 2, line.lastIndexOf(')') + 3);
        } catch (IOException e) {
            return "gone";
        }
    }

    private static List<String> faults(Path root) throws IOException {
        try (Stream<Path> runs = Files.list(root.resolve(".verdict/runs"))) {
            Path run = runs.filter(Files::isDirectory).findFirst().orElseThrow();
            return JournalReader.read(run.resolve("journal.ndjson")).entries().stream()
                    .map(Entry::event)
                    .filter(Event.FaultStarted.class::isInstance)
                    .map(Event.FaultStarted.class::cast)
                    .map(fault -> fault.kind() + " by " + fault.by())
                    .toList();
        }
    }
}
