package dev.verdict.environment;

import static dev.verdict.environment.Systems.environment;
import static dev.verdict.environment.Systems.readyLine;
import static dev.verdict.environment.Systems.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ResourcesTest {
    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    @Test
    void samples_cover_the_whole_tree_with_children_that_ended() throws Exception {
        // The work is done by a child that ends and is collected, and one that stays.
        Service stock = readyLine(
                shell("stock", "sh -c 'i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done'; sleep 300 & echo up; wait"),
                "up");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            int before = journal.all(Event.ResourcesSampled.class).size();
            Waiting.until(
                    "a sample", () -> journal.all(Event.ResourcesSampled.class).size() > before);
        }

        Event.ResourcesSampled sample =
                journal.all(Event.ResourcesSampled.class).getLast();
        assertThat(sample.processes()).isEqualTo(2);
        assertThat(sample.threads()).isEqualTo(2);
        assertThat(sample.openFiles()).isGreaterThanOrEqualTo(6);
        assertThat(sample.rss()).isBetween(100_000L, 100_000_000L);
        assertThat(sample.cpu()).isBetween(Duration.ofMillis(20), Duration.ofSeconds(20));
    }

    @Test
    void the_table_agrees_with_the_jdk_about_this_process() {
        Proc self = ProcessTable.here().find(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.parent())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(self.threads()).isGreaterThan(5);
        assertThat(self.rss()).isBetween(10L << 20, 8L << 30);
        Duration jdk = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        assertThat(self.cpu()).isBetween(jdk.minusSeconds(2), jdk.plusSeconds(2));
    }

    @Test
    void limits_hold_and_the_process_is_the_command_itself() throws Exception {
        Service stock = Systems.limits(
                readyLine(shell("stock", "ulimit -n; ulimit -v; ulimit -f; echo pid $$; exec sleep 300"), "pid"),
                new Limits(
                        OptionalLong.of(77),
                        OptionalLong.empty(),
                        OptionalLong.of(512L << 20),
                        OptionalLong.of(1L << 20)));
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            long pid = journal.all(Event.ServiceStarted.class).getFirst().pid();
            List<String> said = Files.readAllLines(environment.log("stock")).stream()
                    .map(line -> line.substring(29))
                    .toList();

            assertThat(said).containsExactly("77", Long.toString(512 << 10), "2048", "pid " + pid);
            assertThat(ProcessTable.here().find(pid).orElseThrow().session()).isEqualTo(pid);
        }
    }
}
