package dev.verdict.fault;

import static dev.verdict.fault.FaultyContainers.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Takes real containers' memory, processor, files and processes away, and looks with the `docker`
/// command and the process table. Needs root.
@Tag("slow")
@Tag("docker")
@Timeout(120)
final class ContainerFaultsTest {
    @TempDir
    Path directory;

    @AfterEach
    void nobody_of_a_fault_is_left() throws IOException {
        assertThat(Seen.with("VERDICT_RUN=test-run")).isEmpty();
    }

    @Test
    void open_files_and_processes_are_bounded_in_the_container_and_allowed_again() throws Exception {
        try (FaultyContainers system = FaultyContainers.up(directory, shell("box", "while :; do sleep 1; done", ""))) {
            String before = system.exec("box", "sh", "-c", "grep 'open files' /proc/1/limits");
            String files = system.inject(new ServiceFault.LimitOpenFiles(7), "box");
            assertThat(system.exec("box", "sh", "-c", "grep 'open files' /proc/1/limits"))
                    .containsPattern("Max open files +7 +");
            system.faults.undo(files);
            assertThat(system.exec("box", "sh", "-c", "grep 'open files' /proc/1/limits"))
                    .isEqualTo(before);

            assertThat(system.exec("box", "sh", "-c", fork(30))).isEqualTo("30 could");
            String processes = system.inject(new ServiceFault.LimitProcesses(20), "box");
            assertThat(system.exec("box", "cat", "/sys/fs/cgroup/pids/pids.max"))
                    .isEqualTo("20");
            assertThat(system.exec("box", "sh", "-c", "(" + fork(30) + ") 2> /dev/null; echo over"))
                    .isEqualTo("over");
            assertThatThrownBy(() -> system.inject(new ServiceFault.LimitProcesses(10), "box"))
                    .hasMessageContaining("acts already");
            system.faults.undo(processes);
            assertThat(system.exec("box", "cat", "/sys/fs/cgroup/pids/pids.max"))
                    .isEqualTo("max");
            assertThat(system.exec("box", "sh", "-c", fork(30))).isEqualTo("30 could");
        }
    }

    private static String fork(int count) {
        return "i=0; while [ $i -lt COUNT ]; do sleep 1 & i=$((i+1)); done 2> /dev/null; echo $i could; kill $(jobs -p)"
                .replace("COUNT", Integer.toString(count));
    }

    @Test
    void busy_loops_share_what_the_container_may_use_and_go_with_it() throws Exception {
        try (FaultyContainers system =
                FaultyContainers.up(directory, shell("box", "i=0; while :; do i=$((i+1)); done", ""))) {
            String group = system.inspect(system.id("box"), "{{.State.Pid}}");
            Path cpu = cpuGroup(group);
            // As `docker update --cpus 0.2` would: the kernel then gives all of it so much.
            Files.writeString(cpu.resolve("cpu.cfs_quota_us"), "20000");
            String id = system.inject(new ServiceFault.CpuStress(3), "box");
            List<Long> loops = loops(id, system.id("box"));
            assertThat(loops).hasSize(3);
            assertThat(share(Long.parseLong(group), loops)).isBetween(0.05, 0.6);
            system.faults.undo(id);
            assertThat(loops(id, system.id("box"))).isEmpty();

            String again = system.inject(new ServiceFault.CpuStress(2), "box");
            system.environment.stop("box", "the test");
            Seen.until(
                    "they go with it",
                    () -> Seen.with("VERDICT_SERVICE=fault/" + again).isEmpty());
            system.environment.start("box", "the test");
            assertThat(system.environment.state("box")).isEqualTo(new State.Ready());
            assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
        }
    }

    private static Path cpuGroup(String pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", pid, "cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> List.of(parts[1].split(",")).contains("cpu"))
                .map(parts -> Path.of("/sys/fs/cgroup/cpu" + parts[2]))
                .findFirst()
                .orElseThrow();
    }

    /// Returns the fault's processes in the container's control groups.
    private static List<Long> loops(String fault, String container) throws IOException {
        return Seen.with("VERDICT_SERVICE=fault/" + fault).stream()
                .filter(pid ->
                        text(Path.of("/proc", Long.toString(pid), "cgroup")).contains("cpu:/docker/" + container))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /// Returns how much of the processor time of all of them a process gets from now on.
    private static double share(long service, List<Long> others) {
        long mine = ticks(service);
        long all = mine + others.stream().mapToLong(ContainerFaultsTest::ticks).sum();
        long[] since = new long[2];
        Seen.until("a good part of a second was used", () -> {
            since[0] = ticks(service) - mine;
            since[1] = ticks(service)
                    + others.stream().mapToLong(ContainerFaultsTest::ticks).sum()
                    - all;
            return since[1] >= 60;
        });
        return (double) since[0] / since[1];
    }

    private static long ticks(long pid) {
        String stat = text(Path.of("/proc", Long.toString(pid), "stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(words[11]) + Long.parseLong(words[12]);
    }

    @Test
    void a_container_that_wants_more_memory_than_is_left_is_killed_and_it_was_memory() throws Exception {
        String eat = "while [ ! -e /go ]; do sleep 0.05; done; rm /go; exec tail /dev/zero";
        try (FaultyContainers system = FaultyContainers.up(directory, shell("box", eat, ""))) {
            String container = system.id("box");
            Path limit = memory(container);
            String before = Files.readString(limit);
            String id = system.inject(new ServiceFault.MemoryPressure(24 << 20), "box");
            assertThat(Long.parseLong(Files.readString(limit).strip())).isBetween(24L << 20, 64L << 20);
            system.faults.undo(id);
            assertThat(limit).hasContent(before);

            system.inject(new ServiceFault.MemoryPressure(24 << 20), "box");
            system.exec("box", "touch", "/go");
            Seen.until("killed", () -> system.environment.state("box") instanceof State.Exited);
            assertThat(system.inspect(container, "{{.State.OOMKilled}} {{.State.ExitCode}}"))
                    .isEqualTo("true 137");
            assertThat(system.exit().expected()).isFalse();
            assertThat(system.exit().cause()).contains(Event.ExitCause.OUT_OF_MEMORY);

            system.environment.start("box", "the test");
            assertThat(memory(container)).hasContent(before);
            system.faults.undoAll();
            system.inject(new ServiceFault.Kill("KILL"), "box");
            assertThat(system.exit().expected()).isTrue();
            assertThat(system.exit().cause()).isEmpty();
        }
    }

    private static Path memory(String container) {
        return Path.of("/sys/fs/cgroup/memory/docker", container, "memory.limit_in_bytes");
    }

    @Test
    void with_no_memory_left_the_kernel_kills_the_container_as_asked_and_the_undo_starts_it() throws Exception {
        try (FaultyContainers system = FaultyContainers.up(
                directory, shell("box", "while :; do sleep 1; done", "limits: { memory: 512MB }"))) {
            String container = system.id("box");
            String before = Files.readString(memory(container));
            String id = system.inject(new ServiceFault.MemoryPressure(0), "box");
            Seen.until("killed", () -> system.environment.state("box") instanceof State.Exited);
            assertThat(system.environment.state("box")).isEqualTo(new State.Exited(137, true));
            assertThat(system.inspect(container, "{{.State.OOMKilled}} {{.State.ExitCode}}"))
                    .isEqualTo("true 137");
            Seen.until(
                    "nobody holds its memory",
                    () -> Seen.with("VERDICT_SERVICE=fault/" + id).isEmpty());
            system.faults.undo(id);
            assertThat(system.environment.state("box")).isEqualTo(new State.Ready());
            assertThat(memory(container)).hasContent(before);
            try (Stream<Path> groups = Files.list(memory(container).getParent())) {
                assertThat(groups.filter(Files::isDirectory)).isEmpty();
            }
            assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
        }
    }
}
