package dev.verdict.fault;

import static dev.verdict.fault.FaultyContainers.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.docker.DockerCommand;
import dev.verdict.journal.Event;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Damages files of real containers and fills their disks; the containers' own programs look.
/// Needs root.
@Tag("slow")
@Tag("docker")
@Timeout(120)
final class ContainerFilesTest {
    private static final String IDLE =
            "mkdir -p /box; [ -e /box/rows ] || echo rows of a table > /box/rows; ln -sfn /box /link;"
                    + " while :; do sleep 1; done";

    @TempDir
    Path directory;

    private static String rows(FaultyContainers system) {
        return system.exec("box", "cat", "/box/rows");
    }

    @Test
    void files_of_the_container_itself_are_damaged_in_place_and_restored() throws Exception {
        Files.writeString(directory.resolve("older"), "older rows\n");
        try (FaultyContainers system =
                FaultyContainers.up(directory, shell("box", IDLE, "writes: [/box, /link, /etc/none]"))) {
            Seen.until("it wrote", () -> rows(system).equals("rows of a table"));
            String bits = system.inject(new ServiceFault.FlipBits("/box/rows", 3), "box");
            assertThat(rows(system)).isNotEqualTo("rows of a table").hasSize(15);
            system.faults.undo(bits);
            assertThat(rows(system)).isEqualTo("rows of a table");

            String cut = system.inject(new ServiceFault.Truncate("/box/rows", 4), "box");
            assertThat(rows(system)).isEqualTo("rows");
            // Started again, it has another root on this machine, and the same file.
            system.inject(new ServiceFault.Kill("KILL"), "box");
            assertThatThrownBy(() -> system.faults.undo(cut))
                    .hasMessageContaining("cannot be restored while its container does not run");
            system.environment.start("box", "the test");
            assertThat(rows(system)).isEqualTo("rows");
            system.faults.undo(cut);
            assertThat(rows(system)).isEqualTo("rows of a table");

            String older = system.inject(new ServiceFault.ReplaceFile("/box/rows", "older"), "box");
            assertThat(rows(system)).isEqualTo("older rows");
            system.exec("box", "sh", "-c", "echo newer > /box/rows");
            system.faults.undo(older);
            assertThat(rows(system)).isEqualTo("newer");
        }
    }

    @Test
    void what_is_not_the_containers_to_write_is_not_touched() throws Exception {
        try (FaultyContainers system = FaultyContainers.up(directory, shell("box", IDLE, "writes: [/box, /link]"))) {
            Seen.until("it wrote", () -> rows(system).equals("rows of a table"));
            assertThatThrownBy(() -> system.inject(new ServiceFault.Truncate("/link/rows", 1), "box"))
                    .hasMessageContaining("is reached over a link");
            assertThatThrownBy(() -> system.inject(new ServiceFault.Truncate("/etc/passwd", 1), "box"))
                    .hasMessageContaining("is none of the files of box");
            assertThatThrownBy(() -> system.inject(new ServiceFault.Truncate("/box/../etc/passwd", 1), "box"))
                    .hasMessageContaining("is none of the files of box");
            assertThatThrownBy(() -> system.inject(new ServiceFault.Truncate("/box/none", 1), "box"))
                    .hasMessageContaining("there is no file /box/none in the container of box");
            assertThatThrownBy(() -> system.inject(new ServiceFault.DiskFull("", 0), "box"))
                    .hasMessageContaining("has no disk of its own");
        }
    }

    @Test
    void a_database_in_a_volume_is_damaged_and_restored_also_when_its_container_ended() throws Exception {
        Path database = directory.resolve("data/rows.db");
        Files.createDirectories(database.getParent());
        try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            statement.execute("create table rows (text)");
            statement.execute("insert into rows values ('" + "x".repeat(20_000) + "')");
        }
        byte[] before = Files.readAllBytes(database);
        String more = "writes: [/box]\nvolumes: [\"./data:/box\"]\n";
        try (FaultyContainers system =
                FaultyContainers.up(directory, shell("box", "while :; do sleep 1; done", more))) {
            String sum = system.exec("box", "md5sum", "/box/rows.db");
            String id = system.inject(new ServiceFault.DamagePages("/box/rows.db", 2), "box");
            assertThat(system.exec("box", "md5sum", "/box/rows.db")).isNotEqualTo(sum);
            system.environment.stop("box", "the test");
            assertThat(Files.readAllBytes(database)).isNotEqualTo(before);
            system.faults.undo(id);
            assertThat(Files.readAllBytes(database)).isEqualTo(before);
        }
    }

    @Test
    void a_containers_disk_is_full_or_read_only_and_outlives_it() throws Exception {
        String more = "writes: [/box]\ndisk: 1MB\n";
        String folder;
        try (FaultyContainers system =
                FaultyContainers.up(directory, shell("box", "while :; do sleep 1; done", more))) {
            folder = system.folder.root().toString();
            system.exec("box", "sh", "-c", "echo kept > /box/kept");
            String full = system.inject(new ServiceFault.DiskFull("/box", 0), "box");
            assertThat(refusal(system)).contains("No space left on device");
            assertThat(system.exec("box", "sh", "-c", "echo x > /elsewhere; cat /elsewhere"))
                    .isEqualTo("x");
            system.faults.undo(full);
            assertThat(refusal(system)).isEmpty();

            system.inject(new ServiceFault.Kill("KILL"), "box");
            system.environment.start("box", "the test");
            assertThat(system.exec("box", "cat", "/box/kept")).isEqualTo("kept");
            String readOnly = system.inject(new ServiceFault.ReadOnlyDisk(""), "box");
            assertThat(refusal(system)).contains("Read-only file system");
            system.faults.undo(readOnly);
            assertThat(refusal(system)).isEmpty();
            system.faults.undoAll();
        }
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(folder);
        assertThat(DockerCommand.docker("ps", "-aq", "--filter", "label=dev.verdict.run=test-run"))
                .isEmpty();
    }

    /// Returns what a program in the container is told when it writes; empty if it may.
    private static String refusal(FaultyContainers system) throws IOException {
        return system.exec("box", "sh", "-c", "(head -c 1000 /dev/zero > /box/row) 2>&1 || true");
    }

    @Test
    void a_small_disk_of_this_machine_is_seen_through_a_volume() throws Exception {
        String more = "writes: [data]\ndisk: 1MB\nvolumes: [\"./data:/box\"]\n";
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/before"), "before");
        try (FaultyContainers system =
                FaultyContainers.up(directory, shell("box", "while :; do sleep 1; done", more))) {
            assertThat(system.exec("box", "cat", "/box/before")).isEqualTo("before");
            String full = system.inject(new ServiceFault.DiskFull("data", 0), "box");
            assertThat(refusal(system)).contains("No space left on device");
            system.faults.undo(full);
            assertThat(refusal(system)).isEmpty();
        }
        assertThat(directory.resolve("data/before")).hasContent("before");
        assertThat(directory.resolve("data/row")).doesNotExist();
    }

    @Test
    void containers_that_are_disturbed_leave_no_trouble_of_the_harness() throws Exception {
        try (FaultyContainers system = FaultyContainers.up(directory, shell("box", IDLE, "writes: [/box]"))) {
            Seen.until("it wrote", () -> rows(system).equals("rows of a table"));
            system.inject(new ServiceFault.Truncate("/box/rows", 4), "box");
            system.environment.stop("box", "the test");
            system.faults.close();
            assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
        }
    }
}
