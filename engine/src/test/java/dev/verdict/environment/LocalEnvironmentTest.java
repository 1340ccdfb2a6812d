package dev.verdict.environment;

import static dev.verdict.environment.Systems.environment;
import static dev.verdict.environment.Systems.needs;
import static dev.verdict.environment.Systems.readyLine;
import static dev.verdict.environment.Systems.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.environment.Environment.State;
import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalEnvironmentTest {
    private static final String SLEEP = "exec sleep 300";

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    @Test
    void starts_in_order_of_needs_and_stops_in_reverse() throws Exception {
        Service stock = readyLine(shell("stock", "echo stock up; " + SLEEP), "stock up");
        Service orders = needs(readyLine(shell("orders", "echo orders up; " + SLEEP), "orders up"), "stock");
        try (LocalEnvironment environment = environment(directory, journal, orders, stock)) {
            environment.up();

            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
            assertThat(environment.state("orders")).isEqualTo(new State.Ready());
        }

        assertThat(journal.entries().stream()
                        .map(entry -> entry.event())
                        .filter(event -> !(event instanceof Event.ResourcesSampled))
                        .map(LocalEnvironmentTest::brief))
                .containsExactly(
                        "stock starting",
                        "stock started",
                        "stock ready",
                        "orders starting",
                        "orders started",
                        "orders ready",
                        "orders stopping",
                        "orders exited 143 true",
                        "stock stopping",
                        "stock exited 143 true",
                        "OrphansAudited[found=0]");
        assertThat(Recovery.pending(directory, Aftermath.NONE)).isEmpty();
    }

    private static String brief(Event event) {
        return switch (event) {
            case Event.ServiceStarting e -> e.service() + " starting";
            case Event.ServiceStarted e -> e.service() + " started";
            case Event.ServiceReady e -> e.service() + " ready";
            case Event.ServiceStopping e -> e.service() + " stopping";
            case Event.ServiceExited e -> "%s exited %d %s".formatted(e.service(), e.exitCode(), e.expected());
            default -> event.toString();
        };
    }

    @Test
    void services_that_do_not_need_each_other_start_side_by_side() throws Exception {
        // Each waits for the other's file: one after the other, neither would ever be ready.
        String script = "touch %s; while [ ! -e %s ]; do sleep 0.01; done; echo met; " + SLEEP;
        Service one = readyLine(shell("one", script.formatted("one", "two")), "met");
        Service two = readyLine(shell("two", script.formatted("two", "one")), "met");
        try (LocalEnvironment environment = environment(directory, journal, one, two)) {
            environment.up();
        }

        assertThat(journal.all(Event.ServiceReady.class)).hasSize(2);
    }

    @Test
    void a_service_that_dies_while_starting_fails_at_once_and_what_needs_it_is_not_started() throws Exception {
        Service stock = readyLine(shell("stock", "echo no database >&2; exit 7"), "never");
        Service orders = needs(shell("orders", SLEEP), "stock");
        try (LocalEnvironment environment = environment(directory, journal, stock, orders)) {
            long start = System.nanoTime();
            environment.up();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(environment.state("stock"))
                    .isEqualTo(new State.Failed("ended while starting, with exit code 7"));
            assertThat(environment.state("orders")).isEqualTo(new State.Failed("needs stock, which failed"));
        }

        Event.ServiceFailed failed = journal.all(Event.ServiceFailed.class).getFirst();
        assertThat(failed.exitCode()).isEqualTo(OptionalInt.of(7));
        assertThat(failed.lastLines()).containsExactly("no database");
        assertThat(journal.all(Event.ServiceStarted.class)).hasSize(1);
        assertThat(journal.all(Event.ServiceExited.class))
                .singleElement()
                .matches(exited -> !exited.expected() && exited.lastLines().equals(List.of("no database")));
    }

    @Test
    void an_unexpected_exit_is_told_at_once_with_the_last_lines() throws Exception {
        Service stock =
                readyLine(shell("stock", "echo up; while [ ! -e go ]; do sleep 0.01; done; echo bad; exit 3"), "up");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            Files.createFile(directory.resolve("go"));

            Waiting.until(
                    "the exit is journaled",
                    () -> !journal.all(Event.ServiceExited.class).isEmpty());
            assertThat(environment.state("stock")).isEqualTo(new State.Exited(3, false));
        }

        Event.ServiceExited exited = journal.all(Event.ServiceExited.class).getFirst();
        assertThat(exited.expected()).isFalse();
        assertThat(exited.lastLines()).containsExactly("up", "bad");
        assertThat(journal.all(Event.ServiceStopping.class)).isEmpty();
    }

    @Test
    void a_missing_program_is_named_with_the_path_that_was_searched() throws Exception {
        Service stock = Systems.command(shell("stock", ""), "no-such-program", "x");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(environment.state("stock"))
                    .isInstanceOfSatisfying(
                            State.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("program 'no-such-program' was not found; PATH is /"));
        }
    }

    @Test
    void a_relative_program_is_looked_up_in_the_services_directory() throws Exception {
        Path program = Files.writeString(directory.resolve("serve.sh"), "#!/bin/sh\necho served; exec sleep 300\n");
        Service stock = readyLine(Systems.command(shell("stock", ""), "./serve.sh"), "served");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();

            assertThat(environment.state("stock"))
                    .isInstanceOfSatisfying(
                            State.Failed.class,
                            failed ->
                                    assertThat(failed.reason()).contains("is not executable: try chmod +x " + program));
            assertThat(program.toFile().setExecutable(true)).isTrue();
            environment.start("stock", "the test");
            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
        }
    }

    @Test
    void stops_starts_and_counts_restarts() throws Exception {
        Service stock = readyLine(shell("stock", "echo up; " + SLEEP), "up");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            environment.stop("stock", "the test");
            assertThat(environment.state("stock")).isEqualTo(new State.Exited(143, true));

            assertThat(environment.start("stock", "the test")).isPositive();
            assertThat(environment.state("stock")).isEqualTo(new State.Ready());
            assertThat(environment.restarts("stock")).isEqualTo(1);
            assertThatThrownBy(() -> environment.start("stock", "the test")).hasMessageContaining("runs already");
        }

        assertThat(journal.all(Event.ServiceStopping.class))
                .extracting(Event.ServiceStopping::reason)
                .containsExactly("the test", "teardown");
    }

    @Test
    void a_signal_that_verdict_sent_makes_the_exit_expected() throws Exception {
        Service stock = readyLine(shell("stock", "echo up; " + SLEEP), "up");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            environment.signal("stock", "SIGKILL", "a fault");

            assertThat(environment.state("stock")).isEqualTo(new State.Exited(137, true));
            assertThatThrownBy(() -> environment.signal("stock", "HUP", "a fault"))
                    .hasMessageContaining("does not run");
        }
    }

    @Test
    void a_service_that_ignores_its_stop_signal_is_killed_after_its_time() throws Exception {
        Service stubborn = Systems.stop(
                readyLine(shell("stubborn", "trap '' TERM; echo up; while :; do sleep 0.05; done"), "up"),
                "TERM",
                Duration.ofMillis(300));
        try (LocalEnvironment environment = environment(directory, journal, stubborn)) {
            environment.up();
        }

        assertThat(journal.all(Event.ServiceExited.class))
                .singleElement()
                .matches(exited -> exited.exitCode() == 137 && exited.expected());
        assertThat(journal.all(Event.OrphanFound.class)).isEmpty();
    }

    @Test
    void a_stopped_service_can_be_ended() throws Exception {
        Service stock = readyLine(shell("stock", "echo up; " + SLEEP), "up");
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            environment.signal("stock", "STOP", "a fault");
        }

        assertThat(journal.all(Event.ServiceExited.class)).singleElement().matches(exited -> exited.exitCode() == 143);
    }

    @Test
    void an_interrupt_while_coming_up_leaves_nothing() throws Exception {
        Service slow = readyLine(shell("slow", "echo started; " + SLEEP), "never");
        Service later = needs(shell("later", SLEEP), "slow");
        LocalEnvironment environment = environment(directory, journal, slow, later);
        var interrupted = new java.util.concurrent.CompletableFuture<Boolean>();
        Thread up = Thread.ofVirtual().start(() -> {
            try {
                environment.up();
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        Waiting.until(
                "slow runs", () -> !journal.all(Event.ServiceStarted.class).isEmpty());
        up.interrupt();
        assertThat(interrupted.get(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        long pid = journal.all(Event.ServiceStarted.class).getFirst().pid();

        environment.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(journal.all(Event.ServiceStarted.class)).hasSize(1);
        assertThat(journal.all(Event.HarnessFailed.class)).isEmpty();
        assertThat(journal.all(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(0));
    }

    @Test
    void closing_from_another_thread_ends_a_start_under_way() throws Exception {
        Service slow = readyLine(shell("slow", "echo started; " + SLEEP), "never");
        LocalEnvironment environment = environment(directory, journal, slow);
        var ended = new java.util.concurrent.CompletableFuture<String>();
        Thread.ofVirtual().start(() -> {
            try {
                environment.up();
                ended.complete("came up");
            } catch (InterruptedException e) {
                ended.complete("interrupted");
            }
        });
        Waiting.until(
                "slow runs", () -> !journal.all(Event.ServiceStarted.class).isEmpty());

        environment.close();

        assertThat(ended.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(journal.all(Event.ServiceExited.class)).hasSize(1);
        assertThat(journal.all(Event.HarnessFailed.class)).isEmpty();
    }
}
