package dev.verdict.environment;

import static dev.verdict.environment.Systems.environment;
import static dev.verdict.environment.Systems.readyLine;
import static dev.verdict.environment.Systems.shell;
import static dev.verdict.environment.Systems.stop;
import static dev.verdict.environment.Systems.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.plan.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrphanAuditTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final MemoryJournal journal = new MemoryJournal();

    @TempDir
    Path directory;

    private void runOnce(Service service) throws InterruptedException {
        try (LocalEnvironment environment = environment(directory, journal, service)) {
            environment.up();
        }
    }

    private long pid(String file) throws Exception {
        return Long.parseLong(Files.readString(directory.resolve(file)).strip());
    }

    private static boolean alive(long pid) {
        return ProcessTable.here().find(pid).filter(process -> !process.dead()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a child that stays
                "sleep 301 & echo $! > child; echo up; wait",
                // forked twice, in a session of its own: no child of ours any more
                "(setsid sh -c 'echo $$ > child; exec sleep 301' &) ; while [ ! -s child ]; do sleep 0.01; done;"
                        + " echo up; exec sleep 300",
                // detached, with its output closed, and without the service's variable
                "(env -u VERDICT_SERVICE setsid sh -c 'echo $$ > child; exec sleep 301' > /dev/null 2>&1 &) ;"
                        + " while [ ! -s child ]; do sleep 0.01; done; echo up; exec sleep 300",
            })
    void a_child_that_outlives_its_service_is_reported_and_then_ended(String script) throws Exception {
        runOnce(stop(readyLine(shell("stock", script), "up"), "TERM", SHORT));

        long child = pid("child");
        assertThat(alive(child)).isFalse();
        assertThat(journal.all(Event.OrphanFound.class))
                .singleElement()
                .matches(found -> found.kind().equals("process")
                        && found.what().equals(Long.toString(child))
                        && found.detail().equals("sleep 301"));
        assertThat(journal.all(Event.OrphanRemoved.class))
                .containsExactly(new Event.OrphanRemoved("process", Long.toString(child), true, ""));
        assertThat(journal.all(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(1));
        assertThat(journal.entries().stream()
                        .map(entry -> entry.event().getClass().getSimpleName()))
                .containsSubsequence("ServiceExited", "OrphanFound", "OrphanRemoved", "OrphansAudited");
    }

    @Test
    void a_child_that_ends_within_the_time_to_stop_is_none() throws Exception {
        String child = "trap 'sleep 0.2; exit' TERM; while :; do sleep 0.01; done";
        String script = "sh -c \"" + child + "\" & trap \"kill $!; exit\" TERM; echo up; wait";
        runOnce(readyLine(shell("stock", script), "up"));

        assertThat(journal.all(Event.OrphanFound.class)).isEmpty();
        assertThat(journal.all(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(0));
    }

    @Test
    void children_of_a_service_that_had_to_be_killed_are_killed_with_it() throws Exception {
        Service stubborn = stop(
                readyLine(shell("stock", "trap '' TERM; sleep 301 & echo $! > child; echo up; wait; wait"), "up"),
                "TERM",
                SHORT);
        runOnce(stubborn);

        assertThat(alive(pid("child"))).isFalse();
        assertThat(journal.all(Event.ServiceExited.class)).singleElement().matches(exited -> exited.exitCode() == 137);
        assertThat(journal.all(Event.OrphanFound.class)).isEmpty();
    }

    @Test
    void a_port_that_a_left_child_holds_is_reported() throws Exception {
        String server = String.join(" ", TinyServer.command());
        Service stock = Systems.port(
                stop(
                        Systems.ready(
                                shell("stock", "(setsid " + server + " &); exec sleep 300"),
                                new dev.verdict.plan.Readiness.Tcp(java.util.List.of("http"), Systems.WITHIN)),
                        "TERM",
                        SHORT),
                "http",
                "PORT",
                java.util.OptionalInt.empty());
        int port;
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            port = environment.endpoint("stock", "http").port();
        }

        assertThat(journal.all(Event.OrphanFound.class))
                .extracting(Event.OrphanFound::kind)
                .containsExactly("process", "port");
        assertThat(journal.all(Event.OrphanFound.class).getLast().what()).isEqualTo(Integer.toString(port));
        assertThat(journal.all(Event.OrphanRemoved.class)).allMatch(Event.OrphanRemoved::removed);
        assertThat(Ports.free(port)).isTrue();
    }

    @Test
    void a_child_that_cleared_its_environment_is_seen_by_the_port_it_holds_and_not_ended() throws Exception {
        String server = String.join(" ", TinyServer.command());
        Service stock = Systems.port(
                stop(
                        Systems.ready(
                                shell(
                                        "stock",
                                        "(env -i PORT=$PORT setsid sh -c 'echo $$ > child; exec " + server
                                                + "' > /dev/null 2>&1 &); exec sleep 300"),
                                new dev.verdict.plan.Readiness.Tcp(java.util.List.of("http"), Systems.WITHIN)),
                        "TERM",
                        SHORT),
                "http",
                "PORT",
                java.util.OptionalInt.empty());
        runOnce(stock);
        ProcessHandle child = ProcessHandle.of(pid("child")).orElseThrow();
        try {
            assertThat(journal.all(Event.OrphanFound.class))
                    .singleElement()
                    .matches(found -> found.kind().equals("port")
                            && found.detail().startsWith("held by process " + child.pid() + ", which does not carry"));
            assertThat(journal.all(Event.OrphanRemoved.class)).singleElement().matches(removed -> !removed.removed());
            assertThat(journal.all(Event.HarnessFailed.class)).hasSize(1);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void new_files_below_declared_paths_are_reported_and_removed_and_old_ones_kept() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("kept"), "old");
        Service stock = writes(
                readyLine(
                        shell(
                                "stock",
                                "mkdir data/new; echo 12 > data/new/a; echo 34 > data/b; echo x > data/kept; touch free;"
                                        + " echo up; exec sleep 300"),
                        "up"),
                "data",
                "never-made");
        runOnce(stock);

        assertThat(journal.all(Event.OrphanFound.class))
                .extracting(Event.OrphanFound::what)
                .containsExactlyInAnyOrder(
                        data.resolve("new").toString(), data.resolve("b").toString());
        assertThat(journal.all(Event.OrphanFound.class))
                .extracting(Event.OrphanFound::detail)
                .containsExactlyInAnyOrder("directory with 1 files", "3 bytes");
        assertThat(data.resolve("new")).doesNotExist();
        assertThat(data.resolve("b")).doesNotExist();
        assertThat(data.resolve("kept")).hasContent("x");
        assertThat(directory.resolve("free")).exists();
        assertThat(journal.all(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "/"})
    void a_declared_path_that_holds_the_plan_is_refused(String path) {
        try (LocalEnvironment environment =
                environment(directory, journal, writes(shell("stock", "exec sleep 300"), path))) {
            assertThatThrownBy(environment::up)
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("`writes: " + path + "`");
        }
        assertThat(directory).exists();
    }

    @Test
    void what_a_stopped_service_leaves_is_reported_before_it_starts_again() throws Exception {
        Service stock =
                stop(readyLine(shell("stock", "sleep 301 & echo $! > child; echo up; wait"), "up"), "TERM", SHORT);
        try (LocalEnvironment environment = environment(directory, journal, stock)) {
            environment.up();
            long first = pid("child");
            environment.stop("stock", "the test");

            assertThat(alive(first)).isFalse();
            assertThat(journal.all(Event.OrphanFound.class)).hasSize(1);
            environment.start("stock", "the test");
            environment.signal("stock", "KILL", "a fault");
            assertThat(alive(pid("child"))).isFalse();
        }

        assertThat(journal.all(Event.OrphansAudited.class)).containsExactly(new Event.OrphansAudited(1));
    }

    @Test
    void a_marked_command_of_somebody_elses_is_found_too() throws Exception {
        Process left;
        try (LocalEnvironment environment = environment(directory, journal, shell("stock", "exec sleep 300"))) {
            environment.up();
            ProcessBuilder builder = new ProcessBuilder("sleep", "301");
            builder.environment().putAll(environment.marks());
            left = builder.start();
        }

        assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(journal.all(Event.OrphanFound.class))
                .singleElement()
                .matches(found -> found.service().isEmpty());
    }
}
