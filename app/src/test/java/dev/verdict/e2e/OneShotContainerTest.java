package dev.verdict.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs plans whose Compose file has a migration: a container that does its work and ends.
@Tag("slow")
@Tag("docker")
final class OneShotContainerTest {
    @BeforeAll
    static void makeImage() throws Exception {
        Path script = Path.of("..").toAbsolutePath().normalize().resolve(".ci/base-image");
        assertThat(new ProcessBuilder(script.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(2, TimeUnit.MINUTES))
                .isTrue();
    }

    @Test
    void a_migration_that_ends_with_0_does_not_fail_the_run(@TempDir Path root) throws InterruptedException {
        VerdictProcess.Ended ended = run(root, "echo migrated");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
        assertThat(ended.out()).contains("1 passed");
    }

    @Test
    void one_that_ends_with_1_fails_it_at_once_and_says_its_last_words(@TempDir Path root) throws InterruptedException {
        long start = System.nanoTime();

        VerdictProcess.Ended ended = run(root, "echo no such table; exit 1");

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(3);
        assertThat(ended.out()).contains("migrate", "exit code 1", "no such table");
        // The server itself may take ten minutes to become ready.
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(120);
    }

    private static VerdictProcess.Ended run(Path root, String migration) throws InterruptedException {
        new PlanFolder(root)
                .write("compose.yaml", """
                        version: "3.8"
                        services:
                          web:
                            image: verdict-base
                            init: true
                            command: [httpd, -f, -p, "8080", -h, /etc]
                            ports: ["8080"]
                            depends_on: { migrate: { condition: service_completed_successfully } }
                          migrate: { image: verdict-base, command: [sh, -c, "%s"] }
                        networks: { default: { ipam: { config: [{ subnet: "10.82.7.0/24" }] } } }
                        """.formatted(migration))
                .write("verdict.yaml", """
                        plan: migrated
                        system:
                          compose: compose.yaml
                          services: { web: { ready: { http: /passwd, port: "8080", within: 10min } } }
                        phases: [{ name: all, suites: [{ name: web, features: features/ }] }]
                        """)
                .write("features/web.feature", """
                        Feature: Web
                          Scenario: It answers
                            When GET "/passwd" is sent to "web"
                            Then the status is 200
                        """);
        return VerdictProcess.run(root, "run", ".");
    }
}
