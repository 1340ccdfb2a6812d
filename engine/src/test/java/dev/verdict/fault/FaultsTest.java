package dev.verdict.fault;

import static dev.verdict.fault.FaultySystem.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.ServiceFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FaultsTest {
    private static final String SLEEP = "exec sleep 300";
    private static final String TREE = "sleep 301 & (sleep 302 & wait) & wait";

    @TempDir
    Path directory;

    @Test
    void a_killed_service_is_gone_and_started_again_by_the_undo_and_never_crashed() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", TREE))) {
            long pid = system.pid("stock");
            String id = system.inject(new ServiceFault.Kill("KILL"), "stock");

            assertThat(Seen.state(pid)).isEqualTo('-');
            assertThat(Seen.with("VERDICT_SERVICE=stock")).isEmpty();
            assertThat(system.faults.list()).extracting(Faults.Active::id).containsExactly(id);

            system.faults.undo(id);

            assertThat(system.environment.state("stock")).isEqualTo(new State.Ready());
            Seen.until("it runs and waits", () -> Seen.state(system.pid("stock")) == 'S');
            assertThat(system.faults.list()).isEmpty();
            assertThat(system.journal.all(Event.ServiceExited.class)).allMatch(Event.ServiceExited::expected);
            assertThat(system.journal.all(Event.FaultStarted.class))
                    .containsExactly(new Event.FaultStarted(id, "kill", "stock", "is killed (KILL)", "test"));
            assertThat(system.journal.all(Event.FaultEnded.class)).containsExactly(new Event.FaultEnded(id, "undone"));
        }
    }

    @Test
    void a_service_that_crashes_by_itself_is_told_also_while_another_is_disturbed() throws Exception {
        String crash = "while [ ! -e data/go ]; do sleep 0.02; done; exit 3";
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP), shell("orders", crash))) {
            system.inject(new ServiceFault.Kill("KILL"), "stock");
            Files.createDirectories(directory.resolve("data"));
            Files.createFile(directory.resolve("data/go"));
            Seen.until("orders crashed", () -> system.environment.state("orders") instanceof State.Exited);

            assertThat(system.environment.state("orders")).isEqualTo(new State.Exited(3, false));
            assertThat(system.environment.state("stock")).isEqualTo(new State.Exited(137, true));
        }
    }

    @Test
    void a_stop_a_restart_and_a_signal_are_faults_too() throws Exception {
        String script = "trap 'echo hup > data/hup' HUP; mkdir -p data; while :; do sleep 0.02; done";
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", script))) {
            Seen.until("it listens to the signal", () -> Files.exists(directory.resolve("data")));
            system.inject(new ServiceFault.Kill("HUP"), "stock");
            Seen.until("the signal came", () -> Files.exists(directory.resolve("data/hup")));
            long first = system.pid("stock");
            system.inject(new ServiceFault.Restart(), "stock");

            assertThat(system.pid("stock")).isNotEqualTo(first);
            assertThat(system.faults.list()).hasSize(1);
            assertThat(system.journal.all(Event.FaultEnded.class)).containsExactly(new Event.FaultEnded("2", "over"));

            system.inject(new ServiceFault.Stop(), "stock");
            assertThat(system.environment.state("stock")).isEqualTo(new State.Exited(143, true));
            system.faults.undoAll();
            assertThat(system.environment.state("stock")).isEqualTo(new State.Ready());
        }
    }

    @Test
    void a_paused_tree_stands_still_until_the_last_of_two_overlapping_pauses_ends() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", TREE))) {
            Seen.until(
                    "the tree is there",
                    () -> Seen.with("VERDICT_SERVICE=stock").size() >= 4);
            List<Long> tree = Seen.with("VERDICT_SERVICE=stock");
            String first = system.inject(new ServiceFault.Pause(), "stock");
            String second = system.inject(new ServiceFault.Pause(), "stock");
            Seen.until("all stand still", () -> tree.stream().allMatch(pid -> Seen.state(pid) == 'T'));

            system.faults.undo(first);
            assertThat(tree).allMatch(pid -> Seen.state(pid) == 'T');
            system.faults.undo(second);
            Seen.until("all go on", () -> tree.stream().allMatch(pid -> Seen.state(pid) == 'S'));
            assertThat(system.journal.all(Event.ServicePaused.class)).hasSize(1);
            assertThat(system.journal.all(Event.ServiceResumed.class)).hasSize(1);
        }
    }

    @Test
    void a_fault_for_a_time_ends_by_itself() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP))) {
            long start = System.nanoTime();
            system.faults.injectFor(
                    new ServiceFault.Pause(), new FaultTarget.OfService("stock"), "test", Duration.ofMillis(300));
            Seen.until("it stands still", () -> Seen.state(system.pid("stock")) == 'T');
            Seen.until("it goes on", () -> Seen.state(system.pid("stock")) == 'S');
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
            Seen.until("it has ended", () -> system.faults.list().isEmpty());
        }
    }

    @Test
    void a_crash_loop_kills_whatever_comes_back_and_leaves_a_running_service() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP))) {
            String id = system.inject(new ServiceFault.CrashLoop(Duration.ofMillis(20)), "stock");
            Seen.until(
                    "three lives ended",
                    () -> system.journal.all(Event.ServiceExited.class).size() >= 3);
            system.faults.undo(id);

            assertThat(system.environment.state("stock")).isEqualTo(new State.Ready());
            int exits = system.journal.all(Event.ServiceExited.class).size();
            assertThat(system.journal.all(Event.ServiceExited.class))
                    .allMatch(exit -> exit.expected() && exit.exitCode() == 137);
            assertThat(system.journal.all(Event.ServiceStarted.class)).hasSize(exits + 1);
        }
    }

    @Test
    void busy_loops_are_the_runs_own_and_end_with_the_fault() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP))) {
            String id = system.inject(new ServiceFault.CpuStress(2), "stock");
            Seen.until(
                    "two loops and their limits of time",
                    () -> Seen.with("VERDICT_SERVICE=fault/" + id).size() == 4);
            system.faults.undo(id);
            assertThat(Seen.with("VERDICT_SERVICE=fault/" + id)).isEmpty();
            assertThat(Seen.state(system.pid("stock"))).isEqualTo('S');
        }
    }

    @Test
    void open_files_are_bounded_in_the_whole_living_tree_and_given_back() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", TREE))) {
            Path limits = Path.of("/proc", Long.toString(system.pid("stock")), "limits");
            String before = openFiles(limits);
            String id = system.inject(new ServiceFault.LimitOpenFiles(7), "stock");
            for (long pid : Seen.with("VERDICT_SERVICE=stock")) {
                assertThat(openFiles(Path.of("/proc", Long.toString(pid), "limits")))
                        .startsWith("Max open files            7 ");
            }
            system.faults.undo(id);
            assertThat(openFiles(limits)).isEqualTo(before);

            String first = system.inject(new ServiceFault.LimitOpenFiles(9), "stock");
            assertThatThrownBy(() -> system.inject(new ServiceFault.LimitOpenFiles(7), "stock"))
                    .isInstanceOf(FaultException.class)
                    .hasMessageContaining("openFiles of stock acts already, as fault " + first);
            system.faults.undo(first);
            assertThat(openFiles(limits)).isEqualTo(before);
        }
    }

    private static String openFiles(Path limits) throws Exception {
        return Files.readAllLines(limits).stream()
                .filter(line -> line.startsWith("Max open files"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void who_is_not_there_or_not_running_is_named() throws Exception {
        try (FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP), shell("orders", SLEEP))) {
            assertThatThrownBy(() -> system.inject(new ServiceFault.Pause(), "stok"))
                    .isInstanceOf(FaultException.class)
                    .hasMessage("there is no service stok; did you mean stock?");
            assertThatThrownBy(() -> system.inject(new ServiceFault.Pause(), "orders→stock"))
                    .hasMessage("a fault of kind pause disturbs one service, and orders→stock is none");
            system.inject(new ServiceFault.Kill("KILL"), "stock");
            assertThatThrownBy(() -> system.inject(new ServiceFault.Pause(), "stock"))
                    .hasMessage("service stock has ended already (exit code 137): there is nothing to disturb");
            assertThat(system.journal.all(Event.FaultStarted.class)).hasSize(1);
        }
    }

    @Test
    void the_end_of_a_run_undoes_everything_and_starts_nothing() throws Exception {
        FaultySystem system = FaultySystem.up(directory, shell("stock", SLEEP), shell("orders", SLEEP));
        long orders = system.pid("orders");
        try (system) {
            system.inject(new ServiceFault.Kill("KILL"), "stock");
            system.inject(new ServiceFault.Pause(), "orders");
            system.faults.close();

            Seen.until("orders goes on", () -> Seen.state(orders) == 'S');
            assertThat(system.environment.state("stock")).isInstanceOf(State.Exited.class);
            assertThat(system.journal.all(Event.FaultEnded.class)).hasSize(2);
            assertThatThrownBy(() -> system.inject(new ServiceFault.Pause(), "orders"))
                    .hasMessageContaining("the run is being taken down");
        }
        assertThat(UndoLog.pending(Aftercare.log(system.folder))).isEmpty();
        assertThat(system.journal.all(Event.OrphanFound.class)).isEmpty();
        assertThat(system.journal.all(Event.HarnessFailed.class)).isEmpty();
    }
}
