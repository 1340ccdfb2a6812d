package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.RunFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class RecoveryTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void old_data() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/old"), "old");
    }

    @AfterEach
    void end_what_was_started() {
        started.forEach(Process::destroyForcibly);
    }

    private Process run(String id) throws IOException {
        Process process = new ProcessBuilder(
                        TinyServer.Path.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        TinyServer.Path.classes(),
                        KilledRun.class.getName(),
                        directory.toString(),
                        id)
                .redirectError(directory.resolve(id + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void awaitUp(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        assertThat(out.readLine()).isEqualTo("up");
    }

    /// Finds what carries the run's id, by other means than the room itself uses.
    private static List<String> left(String id) throws IOException, InterruptedException {
        Process grep = new ProcessBuilder("sh", "-c", "grep -lzsx VERDICT_RUN=" + id + " /proc/[0-9]*/environ; true")
                .redirectErrorStream(true)
                .start();
        assertThat(grep.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return grep.inputReader().lines().toList();
    }

    /// @return whether there was anything to recover
    private boolean killAndRecover(String id, long millis) throws Exception {
        Process process = run(id);
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();

        List<Recovery.Recovered> recovered = Recovery.recover(directory, Aftermath.NONE);

        assertThat(recovered).allSatisfy(run -> assertThat(run.problems()).isEmpty());
        assertThat(left(id)).describedAs("killed after %d ms", millis).isEmpty();
        try (Stream<Path> data = Files.list(directory.resolve("data"))) {
            assertThat(data).describedAs("killed after %d ms", millis).containsExactly(directory.resolve("data/old"));
        }
        Path ledger = RunFolder.of(directory, id).ledger();
        if (Files.exists(ledger)) {
            for (LedgerEntry.PortsAssigned ports : Ledger.read(ledger).all(LedgerEntry.PortsAssigned.class)) {
                // A process can be gone a moment before the last of its threads lets go of its sockets.
                Awaitility.await()
                        .atMost(10, TimeUnit.SECONDS)
                        .until(() -> ports.ports().values().stream().allMatch(Ports::free));
            }
        }
        assertThat(Recovery.pending(directory, Aftermath.NONE)).isEmpty();
        assertThat(Recovery.recover(directory, Aftermath.NONE)).isEmpty();
        return recovered.stream().anyMatch(run -> !run.done().isEmpty());
    }

    @Test
    void a_run_killed_when_everything_was_up_leaves_nothing() throws Exception {
        Process process = run("killed");
        awaitUp(process);
        process.destroyForcibly().waitFor();
        assertThat(left("killed")).isNotEmpty();
        assertThat(Recovery.pending(directory, Aftermath.NONE))
                .containsExactly(RunFolder.of(directory, "killed").root());

        List<Recovery.Recovered> recovered = Recovery.recover(directory, Aftermath.NONE);

        assertThat(recovered).singleElement().satisfies(run -> {
            assertThat(run.problems()).isEmpty();
            assertThat(run.done())
                    .anyMatch(line -> line.endsWith("ended: sleep 302"))
                    .contains("removed " + directory.resolve("data/new"), "removed " + directory.resolve("data/log"));
        });
        assertThat(left("killed")).isEmpty();
        assertThat(Recovery.recover(directory, Aftermath.NONE)).isEmpty();
    }

    @Test
    @Tag("slow")
    void a_run_killed_often_at_random_moments_leaves_nothing() throws Exception {
        SplittableRandom random = new SplittableRandom(20261120);
        int kills = Integer.getInteger("verdict.kills", 10);
        int recovered = 0;
        for (int i = 0; i < kills; i++) {
            recovered += killAndRecover("run-" + i, random.nextLong(100, 2_500)) ? 1 : 0;
        }

        // Otherwise the moments were no good, and the test proves nothing.
        assertThat(recovered).isGreaterThan(kills / 5);
    }

    @Test
    void a_run_that_lives_is_not_touched() throws Exception {
        try (LocalEnvironment environment =
                Systems.environment(directory, new MemoryJournal(), Systems.shell("stock", "exec sleep 300"))) {
            environment.up();

            assertThat(Recovery.pending(directory, Aftermath.NONE)).isEmpty();
            assertThat(Recovery.recover(directory, Aftermath.NONE)).isEmpty();
            assertThat(environment.state("stock")).isEqualTo(new Environment.State.Ready());
            // A process that is just becoming another program shows no environment for a moment.
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .until(() -> left("test-run").size() == 1);
        }
    }

    @Test
    void a_process_that_took_over_a_number_is_not_touched() throws Exception {
        Process bystander = new ProcessBuilder("sleep", "300").start();
        started.add(bystander);
        ProcessTable table = ProcessTable.here();
        Owner self = Owner.self(table);
        long start = table.find(bystander.pid()).orElseThrow().id().start();
        Owner dead = new Owner(
                new ProcessId(self.process().pid(), self.process().start() - 1),
                self.machine(),
                self.boot(),
                self.namespace());
        write("taken-over", dead, new ProcessId(bystander.pid(), start - 1));

        assertThat(Recovery.recover(directory, Aftermath.NONE)).hasSize(1).allSatisfy(run -> {
            assertThat(run.done()).isEmpty();
            assertThat(run.problems()).isEmpty();
        });
        assertThat(bystander.isAlive()).isTrue();

        // The same with the right start time is the process that was started, and is ended.
        write("the-same", dead, new ProcessId(bystander.pid(), start));
        assertThat(Recovery.recover(directory, Aftermath.NONE)).hasSize(1);
        assertThat(bystander.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_run_of_another_machine_or_container_is_left_alone() throws Exception {
        Owner self = Owner.self(ProcessTable.here());
        ProcessId gone = new ProcessId(1L << 40, 1);
        write("elsewhere", new Owner(gone, "another", self.boot(), self.namespace()), gone);
        write("container", new Owner(gone, self.machine(), self.boot(), "pid:[1]"), gone);
        write("rebooted", new Owner(gone, self.machine(), "an earlier boot", "pid:[1]"), gone);

        assertThat(Recovery.pending(directory, Aftermath.NONE))
                .containsExactly(RunFolder.of(directory, "rebooted").root());
    }

    @Test
    void files_that_a_living_run_may_use_are_left_alone() throws Exception {
        Owner self = Owner.self(ProcessTable.here());
        Owner dead = new Owner(new ProcessId(1L << 40, 1), self.machine(), self.boot(), self.namespace());
        Path data = directory.resolve("data");
        write("dead", dead, dead.process(), new WrittenPath(data.toString(), true, List.of("old")));
        write(
                "living",
                self,
                self.process(),
                new WrittenPath(data.resolve("sub").toString(), false, List.of()));
        Files.writeString(data.resolve("fresh"), "whose?");

        assertThat(Recovery.recover(directory, Aftermath.NONE))
                .singleElement()
                .satisfies(run ->
                        assertThat(run.problems()).containsExactly(data + " was left alone: a run that lives uses it"));
        assertThat(data.resolve("fresh")).exists();
        assertThat(Recovery.pending(directory, Aftermath.NONE)).hasSize(1);
    }

    private void write(String id, Owner owner, ProcessId process, WrittenPath... writes) {
        try (Ledger ledger = Ledger.open(RunFolder.of(directory, id).ledger())) {
            ledger.append(new LedgerEntry.RunOwned(owner, new Mark(id, "no process has this"), Instant.EPOCH));
            ledger.append(new LedgerEntry.ServiceProcess("stock", process));
            for (WrittenPath path : writes) {
                ledger.append(new LedgerEntry.WritesDeclared("stock", path));
            }
        }
    }
}
