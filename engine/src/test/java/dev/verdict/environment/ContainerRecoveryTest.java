package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.environment.docker.DockerCommand;
import dev.verdict.environment.docker.OwnEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recovers from a Verdict that was killed while it had things in a container engine.
@Tag("slow")
@Tag("docker")
final class ContainerRecoveryTest {
    private static final int KILLS = 8;

    @TempDir
    Path folder;

    private Process run(String id, String host, String image, String subnet) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledContainers.class.getName(),
                        folder.toString(),
                        id,
                        host,
                        image,
                        subnet)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Lets the program live until it was up once and for a random moment more.
    private static void killAtRandom(Process process, RandomGenerator random) throws IOException, InterruptedException {
        BufferedReader said = process.inputReader();
        assertThat(said.readLine()).isEqualTo("up");
        assertThat(process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS)).isFalse();
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nothing_of_a_killed_run_is_left_and_everything_of_others_is() throws Exception {
        DockerCommand.makeImage();
        String name = "verdict-foreign-" + ProcessHandle.current().pid();
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        DockerCommand.docker("volume", "create", name);
        DockerCommand.docker("network", "create", "--subnet", "10.83.4.0/24", name);
        DockerCommand.docker(
                "run",
                "-d",
                "--name",
                name,
                "--network",
                name,
                "-v",
                name + ":/data",
                DockerCommand.IMAGE,
                "sleep",
                "600");
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process =
                        run("killed-" + kill, "unix:///var/run/docker.sock", DockerCommand.IMAGE, "10.83.3.0/24");
                // Somebody else creates a container while the run lives.
                String other = name + "-" + kill;
                DockerCommand.docker(
                        "run",
                        "-d",
                        "--name",
                        other,
                        "--network",
                        "none",
                        "--label",
                        "dev.verdict.mark=another",
                        DockerCommand.IMAGE,
                        "sleep",
                        "600");
                killAtRandom(process, random);

                List<Recovery.Recovered> recovered = Recovery.recover(folder, Aftermath.NONE);
                assertThat(recovered).hasSize(1);
                assertThat(recovered.getFirst().problems()).isEmpty();
                assertThat(left("dev.verdict.run=killed-" + kill)).isEmpty();
                assertThat(DockerCommand.docker("inspect", "-f", "{{.State.Running}}", name, other))
                        .isEqualTo("true\ntrue");
                DockerCommand.docker("rm", "-f", other);
                assertThat(Recovery.pending(folder, Aftermath.NONE)).isEmpty();
            }
        } finally {
            DockerCommand.docker("rm", "-f", name);
            DockerCommand.docker("network", "rm", name);
            DockerCommand.docker("volume", "rm", name);
        }
    }

    private static String left(String label) {
        return DockerCommand.docker("ps", "-aq", "--filter", "label=" + label)
                + DockerCommand.docker("network", "ls", "-q", "--filter", "label=" + label)
                + DockerCommand.docker("volume", "ls", "-q", "--filter", "label=" + label);
    }

    @Test
    void an_engine_that_is_away_is_a_problem_until_it_is_back() throws Exception {
        try (OwnEngine own = new OwnEngine()) {
            Process process = run("away", own.address().host(), "box", "10.83.5.0/24");
            assertThat(process.inputReader().readLine()).isEqualTo("up");
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            own.stop();

            List<Recovery.Recovered> without = Recovery.recover(folder, Aftermath.NONE);
            assertThat(without.getFirst().problems())
                    .singleElement()
                    .asString()
                    .contains("what the run left in the Docker engine cannot be removed: no Docker engine listens at");
            assertThat(Recovery.pending(folder, Aftermath.NONE)).hasSize(1);

            own.start();
            List<Recovery.Recovered> with = Recovery.recover(folder, Aftermath.NONE);
            assertThat(with.getFirst().problems()).isEmpty();
            assertThat(with.getFirst().done()).isNotEmpty();
            assertThat(own.docker("ps", "-aq")).isEmpty();
            assertThat(own.docker("volume", "ls", "-q")).isEmpty();
            assertThat(Recovery.pending(folder, Aftermath.NONE)).isEmpty();
        }
    }
}
