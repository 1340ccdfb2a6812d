package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.JournalReader;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Kills Verdict at random moments of a run, and looks for what is left after `verdict recover`.
///
/// `-Dverdict.kills=50` kills so often.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
final class KillTest {
    private static final int KILLS = Integer.getInteger("verdict.kills", 8);

    @Test
    void nothing_is_left_after_kills_at_random_moments(@TempDir Path root) throws Exception {
        int port = freePort();
        PlanFolder folder = plan(root, port);
        long whole = fullRun(folder);
        Random random = new Random(20261120);
        int killedAlive = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            VerdictProcess verdict = VerdictProcess.start(root, "run", ".");
            boolean ended = verdict.endsWithin(random.nextLong(whole));
            verdict.kill();
            killedAlive += ended ? 0 : 1;
            VerdictProcess.Ended recovered = VerdictProcess.run(root, "recover", ".");
            assertThat(recovered.exitCode())
                    .as(recovered.out() + recovered.err())
                    .isZero();
            assertThat(Leftovers.processes(root.toString()))
                    .as("after kill %d", kill)
                    .isEmpty();
            Awaitility.await("port after kill " + kill)
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> Leftovers.free(port));
            assertThat(Files.exists(root.resolve("data/left.txt")))
                    .as("file after kill %d", kill)
                    .isFalse();
            journalsAreReadable(root);
        }
        assertThat(killedAlive).as("kills that hit a living run").isGreaterThan(KILLS / 2);
    }

    private static PlanFolder plan(Path root, int port) throws IOException {
        Path script = root.resolve("leaver.sh");
        PlanFolder folder = PlanFolder.create(root)
                .plan(PlanFolder.ONE_SERVICE.replace("phases:", """
                    fixed:
                      command: ["${verdict.java}", -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -m, jdk.httpserver, \
                -b, 127.0.0.1, -p, "${fixed.http.port}", -d, "DIRECTORY"]
                      ports: { http: { fixed: PORTNUMBER } }
                    leaver:
                      command: [sh, "SCRIPT"]
                      ready: { log: leaving }
                      writes: [data/]
                phases:""".replace("PORTNUMBER", Integer.toString(port))
                        .replace("SCRIPT", script.toString())
                        .indent(0)));
        folder.write("leaver.sh", """
                mkdir -p data
                echo x > data/left.txt
                setsid sleep 300 </dev/null >/dev/null 2>&1 &
                echo leaving
                trap 'rm -r data; kill $!; exit 0' TERM
                wait
                """);
        return folder.write("features/site.feature", Features.PASSING);
    }

    /// Returns how long a whole run takes, in milliseconds; it must not be a failed one.
    private static long fullRun(PlanFolder folder) throws InterruptedException {
        long start = System.nanoTime();
        VerdictProcess.Ended ended = VerdictProcess.run(folder.root(), "run", ".");
        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static void journalsAreReadable(Path root) throws IOException {
        try (Stream<Path> runs = Files.list(root.resolve(".verdict/runs"))) {
            List<Path> journals = runs.map(run -> new RunFolder(run).journal())
                    .filter(Files::exists)
                    .toList();
            for (Path journal : journals) {
                assertThat(JournalReader.read(journal).entries()).isNotNull();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
