package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills Verdict at random moments while it starts, uses and removes containers, and looks for what
/// is left in the engine after `verdict recover`.
///
/// `-Dverdict.kills=30` kills so often.
@Tag("slow")
@Tag("docker")
final class ContainerKillTest {
    private static final int KILLS = Integer.getInteger("verdict.kills", 4);

    @Test
    void nothing_is_left_in_the_engine_after_kills_at_random_moments(@TempDir Path root) throws Exception {
        docker(Path.of("..")
                .toAbsolutePath()
                .normalize()
                .resolve(".ci/base-image")
                .toString());
        plan(root);
        List<String> before = everything();
        long start = System.nanoTime();
        VerdictProcess.Ended whole = VerdictProcess.run(root, "run", ".");
        assertThat(whole.exitCode()).as(whole.out() + whole.err()).isZero();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        Random random = new Random(20261121);
        int killedAlive = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            VerdictProcess verdict = VerdictProcess.start(root, "run", ".");
            boolean ended = verdict.endsWithin(random.nextLong(millis));
            verdict.kill();
            killedAlive += ended ? 0 : 1;
            VerdictProcess.Ended recovered = VerdictProcess.run(root, "recover", ".");
            assertThat(recovered.exitCode())
                    .as(recovered.out() + recovered.err())
                    .isZero();
            assertThat(everything())
                    .as("after kill %d: %s", kill, recovered.out())
                    .isEqualTo(before);
            assertThat(Leftovers.processes(root.toString()))
                    .as("after kill %d", kill)
                    .isEmpty();
        }
        assertThat(killedAlive).as("kills that hit a living run").isGreaterThan(KILLS / 2);
    }

    private static void plan(Path root) {
        new PlanFolder(root)
                .write("compose.yaml", """
                        version: "3.8"
                        services:
                          kill-web:
                            image: verdict-base
                            init: true
                            command: [httpd, -f, -p, "8080", -h, /etc]
                            ports: ["8080"]
                            volumes: ["kept:/kept", "/anonymous"]
                            depends_on: { kill-migrate: { condition: service_completed_successfully } }
                          kill-migrate: { image: verdict-base, command: [sh, -c, "echo x > /kept/x"], volumes: ["kept:/kept"] }
                        volumes: { kept: { labels: { dev.verdict.test: kills } } }
                        networks: { default: { labels: { dev.verdict.test: kills }, ipam: { config: [{ subnet: "10.82.5.0/24" }] } } }
                        """)
                .write("verdict.yaml", """
                        plan: contained
                        system: { compose: compose.yaml }
                        phases: [{ name: all, suites: [{ name: web, features: features/ }] }]
                        """)
                .write("features/web.feature", """
                        Feature: Web
                          Scenario: It answers, also after a kill
                            When GET "/passwd" is sent to "kill-web"
                            Then the status is 200
                            When the service "kill-web" is killed
                            Then the service "kill-web" is not running
                            When the service "kill-web" is started
                            And GET "/passwd" is sent to "kill-web"
                            Then the status is 200
                        """);
    }

    /// Returns what there is in the engine that a run of this plan may leave, whoever made it.
    private static List<String> everything() throws IOException, InterruptedException {
        String label = "label=dev.verdict.test=kills";
        return List.of(
                docker("docker", "ps", "-aq", "--filter", "label=dev.verdict.service=kill-web"),
                docker("docker", "ps", "-aq", "--filter", "label=dev.verdict.service=kill-migrate"),
                docker("docker", "network", "ls", "-q", "--filter", label),
                docker("docker", "volume", "ls", "-q", "--filter", label));
    }

    private static String docker(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(written).isZero();
        return written;
    }
}
