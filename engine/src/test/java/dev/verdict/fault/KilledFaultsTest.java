package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.environment.Aftermath;
import dev.verdict.environment.Recovery;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kills Verdict, with and without its watchdog, in the middle of faults: nothing may be left.
@Tag("slow")
@Timeout(1200)
class KilledFaultsTest {
    private final Victims victims = new Victims(KilledFaults.class);

    @TempDir
    Path directory;

    @BeforeEach
    void a_file_to_damage() throws IOException {
        Files.createDirectories(directory.resolve("data-plain"));
        Files.writeString(directory.resolve("data-plain/keep"), "to be kept");
    }

    @AfterEach
    void end_what_was_started() {
        victims.close();
    }

    /// Is a Verdict that will be killed.
    ///
    /// @param networks the files of its services' own
    private record Killed(Victims.Victim verdict, List<Path> networks) {}

    private Killed run(String id) throws IOException {
        Victims.Victim verdict = victims.start(directory, id);
        return new Killed(
                verdict, verdict.words().stream().skip(1).map(Path::of).toList());
    }

    /// Looks for what a fault may leave, by other means than the room itself uses.
    private List<String> left(String id, List<Path> networks) throws IOException {
        List<String> left = new ArrayList<>();
        networks.stream().filter(Files::exists).forEach(network -> left.add("network " + network));
        Seen.with("VERDICT_RUN=" + id).forEach(pid -> left.add("process " + pid));
        Seen.groups("memory").forEach(group -> left.add("group " + group));
        Seen.groups("pids").forEach(group -> left.add("group " + group));
        Files.readAllLines(Path.of("/proc/mounts")).stream()
                .filter(line -> line.contains(directory.toString()) || line.startsWith("verdict-"))
                .forEach(line -> left.add("mount " + line));
        if (!Files.readString(directory.resolve("data-plain/keep")).equals("to be kept")) {
            left.add("damage");
        }
        try (Stream<Path> shared = Files.list(Path.of("/dev/shm"))) {
            shared.filter(file -> file.getFileName().toString().contains("faketime"))
                    .forEach(file -> left.add("shared memory " + file));
        }
        return left;
    }

    /// Looks for what faults leave while the run's services are still there: what stands still, and
    /// rules of packets.
    private static List<String> inForce(String id, List<Path> networks) {
        List<String> left = new ArrayList<>();
        try {
            Seen.with("VERDICT_RUN=" + id).stream()
                    .filter(pid -> Seen.state(pid) == 'T')
                    .forEach(pid -> left.add("stopped process " + pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        networks.forEach(network -> Seen.rules(network)
                .lines()
                .filter(rule -> rule.contains("drop"))
                .forEach(rule -> left.add("rule " + rule)));
        return left;
    }

    /// Undoes faults as recovery does, and looks before anything else is cleared away.
    private record Looking(List<Path> networks, List<String> seen) implements Aftermath {
        @Override
        public boolean pending(RunFolder run) {
            return new Aftercare().pending(run);
        }

        @Override
        public Cleared clear(RunFolder run) throws InterruptedException {
            Cleared cleared = new Aftercare().clear(run);
            seen.addAll(inForce(run.id(), networks));
            return cleared;
        }
    }

    /// Says what there was when both were killed.
    ///
    /// @param watched whether a watchdog was
    /// @param parted whether packets were dropped
    private record Killing(boolean watched, boolean parted) {}

    private Killing killBothAndRecover(String id, long millis) throws Exception {
        Killed killed = run(id);
        killed.verdict().process().waitFor(millis, TimeUnit.MILLISECONDS);
        boolean watched = killed.verdict().killWithWatchdog();
        boolean parted = killed.networks().stream()
                .anyMatch(network -> Seen.rules(network).contains("drop"));

        List<String> seen = new ArrayList<>();
        List<Recovery.Recovered> recovered = Recovery.recover(directory, new Looking(killed.networks(), seen));

        assertThat(recovered).allSatisfy(run -> assertThat(run.problems()).isEmpty());
        assertThat(seen).as("killed after %d ms, faults undone", millis).isEmpty();
        assertThat(left(id, killed.networks())).as("killed after %d ms", millis).isEmpty();
        assertThat(Recovery.pending(directory, new Aftercare())).isEmpty();
        assertThat(new Aftercare().pending(RunFolder.of(directory, id))).isFalse();
        return new Killing(watched, parted);
    }

    @Test
    void killed_together_at_random_moments_nothing_is_left_after_recovery() throws Exception {
        int rounds = Integer.getInteger("verdict.kills", 8);
        SplittableRandom random = new SplittableRandom(Long.getLong("verdict.seed", 1));
        List<Killing> killings = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            killings.add(killBothAndRecover("killed-" + round, random.nextLong(1500)));
        }
        // Otherwise the rounds have shown nothing about them.
        assertThat(killings).anyMatch(Killing::watched).anyMatch(Killing::parted);
    }

    @Test
    void killed_alone_the_watchdog_undoes_the_faults() throws Exception {
        Killed killed = run("watched");
        Path log = Aftercare.log(RunFolder.of(directory, "watched"));
        Seen.until(
                "something stands still",
                () -> Seen.with("VERDICT_RUN=watched").stream().anyMatch(pid -> Seen.state(pid) == 'T'));
        assertThat(inForce("watched", killed.networks())).anyMatch(left -> left.startsWith("rule"));
        killed.verdict().process().destroyForcibly().waitFor();

        Seen.until("the watchdog undid it", () -> UndoLog.pending(log).isEmpty());
        assertThat(inForce("watched", killed.networks())).isEmpty();
        assertThat(Seen.groups("memory")).isEmpty();
        assertThat(directory.resolve("data-plain/keep")).hasContent("to be kept");
        Seen.until("it is gone", () -> Victims.watchdogs("watched").isEmpty());
        Recovery.recover(directory, new Aftercare());
        assertThat(left("watched", killed.networks())).isEmpty();
    }
}
