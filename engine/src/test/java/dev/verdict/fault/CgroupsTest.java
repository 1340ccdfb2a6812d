package dev.verdict.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.RunProcesses;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Shows both versions of control groups as trees of plain files, and what of them this machine's
/// kernel has.
@Timeout(120)
class CgroupsTest {
    private static final long MIB = 1 << 20;
    private static final long PID = 7;

    @TempDir
    Path directory;

    private Cgroups one(String line) throws IOException {
        return tree(line);
    }

    private Cgroups two(String line, String handedDown) throws IOException {
        write("cgroups/cgroup.controllers", "cpu memory pids");
        write("cgroups/cgroup.subtree_control", handedDown);
        return tree(line);
    }

    private Cgroups tree(String line) throws IOException {
        write("proc/" + PID + "/cgroup", line + "\n");
        return new Cgroups(Files.createDirectories(directory.resolve("cgroups")), directory.resolve("proc"));
    }

    private Path write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text + "\n");
    }

    @Test
    void a_group_of_version_1_lies_below_its_controller_and_a_new_one_below_that() throws IOException {
        Cgroups cgroups = one("9:cpu,cpuacct:/a\n4:memory:/a/b\n0::/");
        Path memory = Files.createDirectories(cgroups.root().resolve("memory/a/b"));

        assertThat(cgroups.unified()).isFalse();
        assertThat(cgroups.of("memory", PID)).isEqualTo(memory);
        assertThat(cgroups.of("cpu", PID)).isEqualTo(cgroups.root().resolve("cpu/a"));
        assertThat(cgroups.refusal("memory", PID)).isEmpty();
        assertThat(cgroups.refusal("cpu", PID))
                .contains("this needs the control group `cpu`, which only root may" + " change: " + cgroups.root()
                        + "/cpu/a cannot be written; run Verdict as root");
        assertThatThrownBy(() -> cgroups.of("pids", PID)).hasMessage("this machine has no control group `pids`");
    }

    @Test
    void a_group_of_version_2_lies_below_the_root_if_that_hands_the_controller_down() throws IOException {
        Cgroups cgroups = two("0::/system.slice/stock.scope", "cpu memory");

        assertThat(cgroups.unified()).isTrue();
        assertThat(cgroups.of("memory", PID)).isEqualTo(cgroups.root().resolve("system.slice/stock.scope"));
        assertThat(cgroups.refusal("memory", PID)).isEmpty();
        assertThat(cgroups.refusal("pids", PID))
                .contains("this needs the control group `pids`, which is not handed" + " down: " + cgroups.root()
                        + "/cgroup.subtree_control does not name it");
    }

    @Test
    void memory_is_bounded_by_the_files_of_each_version_and_swap_if_it_is_counted() throws IOException {
        Path first = directory.resolve("one");
        write("one/memory.limit_in_bytes", "max");
        MemoryPressure.bound(new Cgroups.Group(first, first, false), 32 * MIB);
        assertThat(first.resolve("memory.limit_in_bytes")).hasContent("33554432");
        write("one/memory.memsw.limit_in_bytes", "max");
        MemoryPressure.bound(new Cgroups.Group(first, first, false), MIB);
        assertThat(first.resolve("memory.memsw.limit_in_bytes")).hasContent("1048576");

        Path second = directory.resolve("two");
        write("two/memory.max", "max");
        write("two/memory.swap.max", "max");
        MemoryPressure.bound(new Cgroups.Group(second, second, true), 32 * MIB);
        assertThat(second.resolve("memory.max")).hasContent("33554432");
        assertThat(second.resolve("memory.swap.max")).hasContent("0");
    }

    @Test
    void a_container_may_have_what_it_uses_and_so_much_more_and_gets_back_what_it_had() throws Exception {
        Path group = directory.resolve("box");
        write("box/memory.current", Long.toString(100 * MIB));
        write("box/memory.stat", "anon 1\ninactive_file " + 40 * MIB + "\nactive_file 5");
        write("box/memory.max", "max");
        write("box/memory.swap.max", Long.toString(8 * MIB));
        ContainerBounds bounds = new ContainerBounds(ContainerMemory.bounds(group, true, 24 * MIB, "box"));

        bounds.act();
        assertThat(group.resolve("memory.max")).hasContent(Long.toString(84 * MIB));
        assertThat(group.resolve("memory.swap.max")).hasContent("0");
        assertThat(undo(bounds)).hasSize(2);
        assertThat(group.resolve("memory.max")).hasContent("max");
        assertThat(group.resolve("memory.swap.max")).hasContent(Long.toString(8 * MIB));
        assertThat(undo(bounds)).allMatch(String::isEmpty);
    }

    @Test
    void a_container_of_version_1_is_bounded_by_other_names_and_never_above_what_it_has() throws Exception {
        Path group = directory.resolve("box");
        write("box/memory.usage_in_bytes", Long.toString(100 * MIB));
        write("box/memory.stat", "inactive_file 1\ntotal_inactive_file " + 40 * MIB);
        write("box/memory.limit_in_bytes", Long.toString(70 * MIB));
        ContainerBounds bounds = new ContainerBounds(ContainerMemory.bounds(group, false, 24 * MIB, "box"));

        bounds.act();
        assertThat(group.resolve("memory.limit_in_bytes")).hasContent(Long.toString(70 * MIB));
        assertThat(undo(bounds)).containsExactly("");
    }

    private List<String> undo(ContainerBounds bounds) throws IOException, InterruptedException {
        Reach reach = Reach.ofTheDead(RunFolder.of(directory, "test-run"));
        List<String> done = new java.util.ArrayList<>();
        for (UndoStep step : bounds.undo()) {
            done.add(step.undo(reach));
        }
        return done;
    }

    @Test
    void a_bound_that_the_kernel_or_the_user_refuses_is_told_and_one_of_somebody_else_left_alone() throws Exception {
        Path group = Files.createDirectory(directory.resolve("box"));
        assertThatThrownBy(() -> ContainerBounds.bound(group, "pids.max", 3, "box"))
                .hasMessage("the control group of the container of box cannot be changed, which needs root: " + group
                        + "/pids.max cannot be written");

        Path full = Files.createSymbolicLink(group.resolve("memory.max"), Path.of("/dev/full"));
        assertThatThrownBy(
                        new ContainerBounds(List.of(new ContainerBounds.Unbound(full.toString(), "max", "4096")))::act)
                .hasMessageStartingWith("the kernel refuses 4096 in " + full + ": No space left");

        Path pids = write("box/pids.max", "max");
        ContainerBounds bounds = new ContainerBounds(List.of(ContainerBounds.bound(group, "pids.max", 3, "box")));
        bounds.act();
        write("box/pids.max", "50");
        assertThat(undo(bounds)).containsExactly("");
        assertThat(pids).hasContent("50");
    }

    @Test
    @Tag("slow")
    void the_kernel_refuses_a_bound_of_version_1_below_what_is_used() throws Exception {
        Path group = Files.createDirectory(Path.of(
                "/sys/fs/cgroup/memory/test-refusal-" + ProcessHandle.current().pid()));
        String hold = "echo $$ > " + group + "/cgroup.procs; held=$(head -c 40000000 /dev/zero | tr '\\0' x);"
                + " echo up; read -r word; : \"$held\"";
        Process holder = new ProcessBuilder("/bin/sh", "-c", hold).start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("up");
            List<ContainerBounds.Unbound> bounds =
                    List.of(ContainerBounds.bound(group, "memory.limit_in_bytes", 20 * MIB, "box"));
            assertThatThrownBy(new ContainerBounds(bounds)::act)
                    .hasMessageStartingWith("the kernel refuses 20971520 in " + group);
        } finally {
            holder.destroyForcibly().waitFor();
            Seen.until("the group is removed", () -> group.toFile().delete());
        }
    }

    /// This kernel may have version 2 beside version 1, with few controllers: enough to see that
    /// groups are made, joined, bounded and removed as it wants it.
    @Test
    @Tag("slow")
    void a_real_tree_of_version_2_takes_a_service_in_and_gives_it_back() throws Exception {
        Path mount = Files.createDirectory(directory.resolve("unified"));
        Programs.run("mount", "-t", "cgroup2", "none", mount.toString());
        Path handsDown = mount.resolve("cgroup.subtree_control");
        boolean before = Cgroups.read(handsDown).contains("hugetlb");
        try (FaultySystem system = FaultySystem.up(directory, FaultySystem.shell("stock", "sleep 302 & wait"))) {
            Cgroups.write(handsDown, "+hugetlb");
            Cgroups cgroups = new Cgroups(mount, Path.of("/proc"));
            Scene scene = scene(system, cgroups);
            Cgroups.Group group = cgroups.below("hugetlb", system.pid("stock"), scene);
            assertThat(group.path().toString()).startsWith(mount + "/verdict-");
            UndoStep undo =
                    new Cgroups.Remove(group.path().toString(), group.from().toString());

            group.make();
            group.set("hugetlb.2MB.max", 4 * MIB);
            group.move(scene);
            assertThat(Files.readAllLines(group.path().resolve("cgroup.procs")))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .contains(Long.toString(system.pid("stock")));
            assertThat(group.path().resolve("hugetlb.2MB.max")).hasContent(Long.toString(4 * MIB));

            assertThat(undo.undo(Reach.ofTheDead(system.folder))).endsWith("removed");
            assertThat(group.path()).doesNotExist();
            assertThat(cgroups.of("hugetlb", system.pid("stock"))).isEqualTo(group.from());
            assertThat(undo.undo(Reach.ofTheDead(system.folder))).isEmpty();
        } finally {
            if (!before) {
                Cgroups.write(handsDown, "-hugetlb");
            }
            Programs.run("umount", mount.toString());
        }
    }

    private Scene scene(FaultySystem system, Cgroups cgroups) {
        return new Scene(
                "1",
                "stock",
                "test",
                system.folder,
                directory,
                system.environment,
                new RunProcesses(system.folder),
                cgroups,
                new SplittableRandom(1));
    }

    @Test
    @Tag("slow")
    void a_fault_is_carried_out_in_the_tree_that_it_is_given() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, FaultySystem.shell("stock", "exec sleep 303"))) {
            Cgroups elsewhere = two("0::/", "cpu");
            Files.createDirectories(elsewhere.proc().resolve(Long.toString(system.pid("stock"))));
            write("proc/" + system.pid("stock") + "/cgroup", "0::/stock");
            assertThatThrownBy(() -> Kinds.of(new ServiceFault.LimitProcesses(3), scene(system, elsewhere))
                            .undo())
                    .hasMessageContaining("`pids`, which is not handed down");
            assertThatThrownBy(() -> Kinds.of(new ServiceFault.MemoryPressure(3), scene(system, elsewhere))
                            .undo())
                    .hasMessageContaining("`memory`, which is not handed down");
        }
    }
}
