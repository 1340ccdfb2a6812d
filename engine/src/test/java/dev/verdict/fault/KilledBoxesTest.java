package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.environment.Recovery;
import dev.verdict.environment.docker.DockerCommand;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills Verdict, with and without its watchdog, in the middle of faults of containers: nothing
/// may be left. `-Dverdict.kills=100` takes longer.
@Tag("slow")
@Tag("docker")
@Timeout(1800)
final class KilledBoxesTest {
    private final Victims victims = new Victims(KilledBoxes.class);

    @TempDir
    Path directory;

    @BeforeEach
    void a_file_to_damage() throws IOException {
        DockerCommand.makeImage();
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/keep"), "to be kept");
    }

    @AfterEach
    void end_what_was_started() {
        victims.close();
    }

    private static List<String> containers(String run, String... more) {
        List<String> words =
                new ArrayList<>(List.of("ps", "-aq", "--no-trunc", "--filter", "label=dev.verdict.run=" + run));
        words.addAll(List.of(more));
        return DockerCommand.docker(words.toArray(String[]::new)).lines().toList();
    }

    /// Looks for what a fault may leave, by other means than the room itself uses.
    private List<String> left(String id, List<String> containers) throws IOException {
        List<String> left = new ArrayList<>();
        Seen.with("VERDICT_RUN=" + id).forEach(pid -> left.add("process " + pid));
        containers(id).forEach(container -> left.add("container " + container));
        for (String controller : List.of("memory", "pids", "cpu")) {
            containers.stream()
                    .map(container -> Path.of("/sys/fs/cgroup", controller, "docker", container))
                    .filter(Files::exists)
                    .forEach(group -> left.add("group " + group));
        }
        Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.contains(directory.toString()))
                .forEach(line -> left.add("mount " + line));
        if (!Files.readString(directory.resolve("data/keep")).equals("to be kept")) {
            left.add("damage");
        }
        return left;
    }

    @Test
    void killed_together_at_random_moments_nothing_is_left_after_recovery() throws Exception {
        int rounds = Integer.getInteger("verdict.kills", 2);
        SplittableRandom random = new SplittableRandom(Long.getLong("verdict.seed", 1));
        int watched = 0;
        int amid = 0;
        for (int round = 1; round <= rounds; round++) {
            String id = "boxes-" + round;
            long millis = random.nextLong(2500);
            Victims.Victim verdict = victims.start(directory, id);
            List<String> containers = containers(id);
            assertThat(containers).hasSize(2);
            verdict.process().waitFor(millis, TimeUnit.MILLISECONDS);
            watched += verdict.killWithWatchdog() ? 1 : 0;
            amid += Math.min(
                    1,
                    UndoLog.pending(Aftercare.log(RunFolder.of(directory, id))).size());

            List<Recovery.Recovered> recovered = Recovery.recover(directory, new Aftercare());

            assertThat(recovered)
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.problems()).isEmpty());
            assertThat(left(id, containers)).as("killed after %d ms", millis).isEmpty();
            assertThat(new Aftercare().pending(RunFolder.of(directory, id))).isFalse();
        }
        assertThat(watched).as("rounds in which a watchdog was killed").isPositive();
        assertThat(amid).as("rounds in which a fault was left to undo").isPositive();
    }

    @Test
    void killed_alone_the_watchdog_undoes_all_in_the_containers_that_go_on() throws Exception {
        Process verdict = victims.start(directory, "boxes-watched").process();
        String box = containers("boxes-watched", "--filter", "label=dev.verdict.service=box")
                .getFirst();
        String full = containers("boxes-watched", "--filter", "label=dev.verdict.service=full")
                .getFirst();
        Seen.until("everything acts", () -> inspect(box, "{{.State.Paused}}").equals("true"));
        verdict.destroyForcibly().waitFor();

        Path log = Aftercare.log(RunFolder.of(directory, "boxes-watched"));
        Seen.until("the watchdog undid it", () -> UndoLog.pending(log).isEmpty());
        assertThat(inspect(box, "{{.State.Running}} {{.State.Paused}}")).isEqualTo("true false");
        assertThat(exec(box, "cat /sys/fs/cgroup/pids/pids.max")).isEqualTo("max");
        assertThat(exec(box, "cat /sys/fs/cgroup/memory/memory.limit_in_bytes")).startsWith("92233720");
        assertThat(exec(box, "grep 'open files' /proc/1/limits")).doesNotContainPattern("files +99 ");
        assertThat(exec(box, "cat /box/rows")).isEqualTo("rows of a table");
        assertThat(exec(full, "echo x > /disk/x; cat /disk/x")).isEqualTo("x");
        assertThat(Seen.with("VERDICT_RUN=boxes-watched")).isEmpty();
        assertThat(directory.resolve("data/keep")).hasContent("to be kept");

        Recovery.recover(directory, new Aftercare());
        assertThat(left("boxes-watched", List.of(box, full))).isEmpty();
    }

    private static String inspect(String container, String format) {
        return DockerCommand.docker("inspect", "-f", format, container);
    }

    private static String exec(String container, String script) {
        return DockerCommand.docker("exec", container, "sh", "-c", script);
    }
}
