package dev.verdict.fault;

import static dev.verdict.fault.FaultySystem.own;
import static dev.verdict.fault.FaultySystem.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Faults that need root, or programs that are not everywhere.
@Tag("slow")
@Timeout(120)
class PrivilegedFaultsTest {
    /// Writes the time of day ten times a second.
    private static final String TELL_TIME =
            "while :; do date +%s > data/now.new; mv data/now.new data/now; sleep 0.1; done";

    @TempDir
    Path directory;

    @Test
    void a_full_disk_is_full_to_the_last_byte_and_nothing_else_is() throws Exception {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/before"), "before");
        try (FaultySystem system = FaultySystem.up(directory, own(shell("stock", "exec sleep 300")))) {
            Path data = directory.resolve("data");
            assertThat(data.resolve("before")).hasContent("before");
            assertThat(Files.getFileStore(data).getTotalSpace()).isEqualTo(1 << 20);
            String id = system.inject(new ServiceFault.DiskFull("", 0), "stock");
            assertThatThrownBy(() -> Files.write(data.resolve("row"), new byte[1]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left on device");
            Files.write(directory.resolve("elsewhere"), new byte[1 << 20]);
            system.faults.undo(id);
            Files.write(data.resolve("row"), new byte[100_000]);

            String nearly = system.inject(new ServiceFault.DiskFull("data", 65_536), "stock");
            assertThat(Files.getFileStore(data).getUsableSpace()).isBetween(1L, 65_536L);
            system.faults.undo(nearly);
        }
        assertThat(directory.resolve("data")).isDirectoryNotContaining("glob:**row");
        assertThat(directory.resolve("data/before")).hasContent("before");
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(directory.toString());
    }

    @Test
    void a_read_only_disk_refuses_writes_until_the_undo() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, own(shell("stock", "exec sleep 300")))) {
            Path row = directory.resolve("data/row");
            String id = system.inject(new ServiceFault.ReadOnlyDisk("data"), "stock");
            assertThatThrownBy(() -> Files.writeString(row, "x")).hasMessageContaining("Read-only file system");
            system.faults.undo(id);
            Files.writeString(row, "x");

            try (var open = Files.newOutputStream(row)) {
                open.write(1);
                assertThatThrownBy(() -> system.inject(new ServiceFault.ReadOnlyDisk("data"), "stock"))
                        .hasMessageContaining("open for writing");
            }
            assertThat(system.faults.list()).isEmpty();
        }
        assertThat(Files.exists(directory.resolve("data"))).isFalse();
    }

    @Test
    void a_clock_is_shifted_while_the_process_runs_and_set_right() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, own(shell("stock", TELL_TIME)))) {
            Seen.until("the time is right", () -> Math.abs(shift()) <= 2);
            String id = system.inject(new ServiceFault.ClockShift(Duration.ofHours(2)), "stock");
            Seen.until("two hours ahead", () -> Math.abs(shift() - 7200) <= 2);
            system.faults.undo(id);
            Seen.until("right again", () -> Math.abs(shift()) <= 2);
            String behind = system.inject(new ServiceFault.ClockShift(Duration.ofSeconds(-90)), "stock");
            Seen.until("behind", () -> Math.abs(shift() + 90) <= 2);
            system.faults.undo(behind);
            long pid = system.pid("stock");
            system.inject(new ServiceFault.Kill("KILL"), "stock");
            assertThat(Path.of("/dev/shm/faketime_shm_" + pid)).doesNotExist();
        }
    }

    private long shift() throws IOException {
        Path now = directory.resolve("data/now");
        return Files.exists(now)
                ? Long.parseLong(Files.readString(now).strip()) - Instant.now().getEpochSecond()
                : Long.MAX_VALUE;
    }

    @Test
    void what_a_service_has_not_to_itself_is_not_touched() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", "exec sleep 300"))) {
            assertThatThrownBy(() -> system.inject(new ServiceFault.DiskFull("", 0), "stock"))
                    .hasMessageContaining("has no disk of its own: its plan must say `disk: SIZE`");
            assertThatThrownBy(() -> system.inject(new ServiceFault.ClockShift(Duration.ofHours(1)), "stock"))
                    .hasMessageContaining("its plan must say `clock: own`");
        }
    }

    @Test
    void out_of_memory_is_the_kernels_kill_and_expected_and_its_group_goes() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", "sleep 301 & wait"))) {
            String id = system.inject(new ServiceFault.MemoryPressure(0), "stock");
            Seen.until("killed", () -> system.environment.state("stock") instanceof State.Exited);
            assertThat(system.environment.state("stock")).isEqualTo(new State.Exited(137, true));
            system.faults.undo(id);
            assertThat(system.environment.state("stock")).isEqualTo(new State.Ready());
            assertThat(Seen.groups("memory")).isEmpty();
            assertThat(Seen.with("VERDICT_SERVICE=fault/" + id)).isEmpty();
        }
        assertThat(Seen.groups("memory")).isEmpty();
    }

    @Test
    void a_service_that_allocates_beyond_what_is_left_is_killed_and_one_that_does_not_lives() throws Exception {
        String eat = "while [ ! -e data/go ]; do sleep 0.05; done; exec tail /dev/zero";
        Files.createDirectories(directory.resolve("data"));
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", eat))) {
            String id = system.inject(new ServiceFault.MemoryPressure(16 << 20), "stock");
            assertThat(Seen.groups("memory")).hasSize(1);
            assertThat(system.environment.state("stock")).isEqualTo(new State.Ready());
            Files.createFile(directory.resolve("data/go"));
            Seen.until("killed", () -> system.environment.state("stock") instanceof State.Exited);
            assertThat(((State.Exited) system.environment.state("stock")).exitCode())
                    .isEqualTo(137);
            Files.delete(directory.resolve("data/go"));
            system.faults.undo(id);
            assertThat(Seen.groups("memory")).isEmpty();
        }
    }

    @Test
    void processes_are_bounded_for_root_too_and_allowed_again() throws Exception {
        String fork =
                "while :; do if (sleep 0.01) 2> /dev/null; then echo ok > data/can; else rm -f data/can; fi; done";
        Files.createDirectories(directory.resolve("data"));
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", "trap : TERM; " + fork))) {
            Path can = directory.resolve("data/can");
            Seen.until("it forks", () -> Files.exists(can));
            assertThat(Seen.groups("pids")).isEmpty();
            String id = system.inject(new ServiceFault.LimitProcesses(1), "stock");
            Seen.until(
                    "it cannot, or ended for it",
                    () -> !Files.exists(can) || system.environment.state("stock") instanceof State.Exited);
            system.faults.undo(id);
            assertThat(Seen.groups("pids")).isEmpty();
            assertThat(system.journal.all(Event.FaultEnded.class)).hasSize(1);
        }
    }
}
