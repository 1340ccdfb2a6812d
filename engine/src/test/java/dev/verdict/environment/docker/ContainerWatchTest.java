package dev.verdict.environment.docker;

import static dev.verdict.environment.docker.DockerCommand.IMAGE;
import static dev.verdict.environment.docker.DockerCommand.docker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event.ExitCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Watches real containers while they end in every way there is.
@Tag("slow")
@Tag("docker")
final class ContainerWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SLEEP = "trap 'exit 7' TERM; while true; do sleep 0.05; done";

    @BeforeAll
    static void makeImage() {
        DockerCommand.makeImage();
    }

    @Test
    void an_end_that_verdict_asked_for_is_expected_and_every_other_is_not() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(SLEEP, UnaryOperator.identity());
            assertThat(store.service()).isEqualTo("store");
            long pid = watched.await(ContainerChange.Started.class)
                    .record()
                    .state()
                    .pid();
            store.stop(Duration.ofSeconds(5));
            assertThat(watched.all(ContainerChange.Exited.class).getLast().expected())
                    .isTrue();
            assertThat(watched.all(ContainerChange.Exited.class).getLast().exitCode())
                    .isEqualTo(7);
            assertThat(watched.all(ContainerChange.Exited.class).getLast().pid())
                    .isEqualTo(pid);

            store.start();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> store.state().starts() == 2 && store.pid().isPresent());
            store.signal("KILL", 9);
            assertThat(watched.all(ContainerChange.Exited.class).getLast().expected())
                    .isTrue();

            store.start();
            Awaitility.await().atMost(LIMIT).until(() -> store.state().starts() == 3);
            docker("kill", store.id());
            ContainerChange.Exited killed = watched.await(ContainerChange.Exited.class, exit -> !exit.expected());
            assertThat(killed.exitCode()).isEqualTo(137);
            assertThat(killed.cause()).isEmpty();
        }
    }

    @Test
    void a_crash_is_told_with_its_last_words() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            watched.start("echo going down >&2; exit 4", UnaryOperator.identity());
            ContainerChange.Exited exit = watched.await(ContainerChange.Exited.class);
            assertThat(exit.expected()).isFalse();
            assertThat(exit.exitCode()).isEqualTo(4);
            assertThat(exit.cause()).isEmpty();
            assertThat(watched.output.last(5)).containsExactly("err going down");
        }
    }

    @Test
    void a_kill_for_want_of_memory_is_told_apart() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            watched.start(
                    "exec java -Xmx1g -Xms1g -XX:+AlwaysPreTouch -version",
                    spec -> spec.limits(ContainerLimits.NONE.memory(64L << 20)));
            ContainerChange.Exited exit = watched.await(ContainerChange.Exited.class);
            assertThat(exit.exitCode()).isEqualTo(137);
            assertThat(exit.expected()).isFalse();
            assertThat(exit.cause()).contains(ExitCause.OUT_OF_MEMORY);
        }
    }

    @Test
    void a_child_killed_for_want_of_memory_is_told_though_the_container_goes_on() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(
                    "java -Xmx1g -Xms1g -XX:+AlwaysPreTouch -version; " + SLEEP,
                    spec -> spec.limits(ContainerLimits.NONE.memory(64L << 20)));
            watched.await(ContainerChange.ShortOfMemory.class);
            assertThat(store.state().running()).isTrue();
            store.stop(Duration.ofSeconds(5));
            assertThat(watched.await(ContainerChange.Exited.class).cause()).isEmpty();
        }
    }

    @Test
    void health_and_pauses_are_told() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(
                    "touch /tmp/well; " + SLEEP,
                    spec -> spec.health(
                            List.of("sh", "-c", "cat /tmp/well || { echo unwell; exit 1; }"),
                            Duration.ofMillis(200),
                            Duration.ofSeconds(5),
                            1));
            watched.await(ContainerChange.Healthy.class);
            assertThat(store.state().health()).contains("healthy");
            docker("exec", store.id(), "rm", "/tmp/well");
            assertThat(watched.await(ContainerChange.Unhealthy.class).lastCheck())
                    .contains("unwell");
            store.pause();
            watched.await(ContainerChange.Paused.class);
            assertThat(store.state().phase()).isEqualTo(ContainerState.Phase.PAUSED);
            store.resume();
            watched.await(ContainerChange.Resumed.class);
        }
    }

    @Test
    void a_pause_and_its_end_are_known_when_they_return() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(SLEEP, UnaryOperator.identity());
            watched.await(ContainerChange.Started.class);
            for (int i = 0; i < 30; i++) {
                store.pause();
                assertThat(store.state().phase()).isEqualTo(ContainerState.Phase.PAUSED);
                store.resume();
                assertThat(store.state().phase()).isEqualTo(ContainerState.Phase.RUNNING);
            }
        }
    }

    @Test
    void a_restarted_container_goes_on_in_the_same_log_without_gap_or_repetition() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(
                    "n=$(cat /n 2>/dev/null || echo 0); n=$((n+1)); echo $n > /n; echo life $n; echo more $n >&2;"
                            + " echo end $n",
                    UnaryOperator.identity());
            for (int life = 1; life <= 5; life++) {
                int count = life;
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> watched.all(ContainerChange.Exited.class).size() == count);
                if (life < 5) {
                    store.start();
                }
            }
            assertThat(watched.output.lines().stream().filter(line -> line.startsWith("out")))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                            .boxed()
                            .flatMap(n -> Stream.of("out life " + n, "out end " + n))
                            .toList());
            assertThat(watched.output.lines()).contains("err more 5").hasSize(15);
        }
    }

    @Test
    void the_log_of_a_container_that_is_removed_at_once_is_whole() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            List<String> expected = new ArrayList<>();
            for (int run = 1; run <= 5; run++) {
                expected.add("out first " + run);
                expected.add("out last " + run);
                int last = run;
                watched.start("echo first %1$d; echo last %1$d".formatted(run), spec -> spec.autoRemove(true));
                Awaitility.await().atMost(LIMIT).until(() -> removed(watched) == last);
            }
            assertThat(watched.output.lines()).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void a_container_that_others_run_and_remove_at_once_is_logged_or_said_to_be_missed() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            for (int run = 1; run <= 5; run++) {
                int last = run;
                docker(
                        "run",
                        "--rm",
                        "--network",
                        "none",
                        "--label",
                        Labels.MARK + "=" + watched.mark,
                        IMAGE,
                        "sh",
                        "-c",
                        "echo first %1$d; echo last %1$d".formatted(run));
                Awaitility.await().atMost(LIMIT).until(() -> removed(watched) == last);
                List<String> whole = List.of("out first " + run, "out last " + run);
                Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
                    List<String> lines = watched.output.lines();
                    assertThat(lines).isNotEmpty();
                    assertThat(lines.containsAll(whole) || lines.getLast().contains("was gone before its output"))
                            .as("%s", lines)
                            .isTrue();
                });
            }
        }
    }

    private static long removed(Watched watched) {
        return watched.all(ContainerChange.Removed.class).size();
    }

    @Test
    void a_container_whose_engine_keeps_no_log_has_one_over_every_life() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            WatchedContainer store = watched.start(
                    "echo said; sleep 0.2; exit 3", spec -> spec.host("LogConfig", Map.of("Type", "none")));
            watched.await(ContainerChange.Exited.class);
            store.start();
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> watched.all(ContainerChange.Exited.class).size() == 2);
            assertThat(watched.output.lines()).containsExactly("out said", "out said");
        }
    }

    @Test
    void long_lines_are_cut_and_a_missing_end_of_line_loses_nothing() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            watched.start("head -c 300000 /dev/zero | tr '\\0' x; echo; printf 'no end'", UnaryOperator.identity());
            watched.await(ContainerChange.Exited.class);
            assertThat(watched.output.lines())
                    .containsExactly("out %d and %d".formatted(64 * 1024, 300_000 - 64 * 1024), "out no end");
        }
    }

    @Test
    void whoever_reads_slowly_never_holds_up_the_container() throws InterruptedException {
        for (boolean autoRemove : List.of(false, true)) {
            CountDownLatch gate = new CountDownLatch(1);
            Engine engine = Engine.connect(System.getenv());
            try (Watched watched = new Watched(engine, new KeptOutput(gate))) {
                String line = "y".repeat(1000);
                // 40 MB: more than all buffers on the way hold.
                WatchedContainer writer = watched.start(
                        "yes %s | head -n 40000; echo written; touch /dev/shm/done; %s".formatted(line, SLEEP),
                        spec -> spec.autoRemove(autoRemove));
                Awaitility.await("all is written though nothing is read")
                        .atMost(LIMIT)
                        .until(() ->
                                docker("exec", writer.id(), "ls", "/dev/shm").contains("done"));
                assertThat(watched.output.lines()).isEmpty();
                gate.countDown();
                writer.stop(Duration.ofSeconds(5));
                Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> watched.output.lines().stream()
                                .anyMatch(text -> autoRemove
                                        ? text.contains("came faster than they could be written")
                                        : text.equals("out written")));
            }
        }
    }

    @Test
    void containers_of_others_are_not_seen() throws InterruptedException {
        try (Watched watched = Watched.here()) {
            String other = docker("run", "-d", "--rm", "--network", "none", IMAGE, "sh", "-c", SLEEP);
            try {
                watched.start("exit 0", UnaryOperator.identity());
                watched.await(ContainerChange.Exited.class);
                assertThat(watched.watch.containers()).hasSize(1);
            } finally {
                docker("rm", "-f", other);
            }
        }
    }

    @Test
    void what_follows_from_events_follows_without_an_engine() {
        ContainerState state =
                ContainerState.NEW.after(event("start")).after(event("oom")).after(die(137));
        assertThat(state.cause()).contains(ExitCause.OUT_OF_MEMORY);
        assertThat(ContainerState.NEW
                        .after(event("start"))
                        .asking()
                        .after(event("oom"))
                        .after(die(137))
                        .cause())
                .isEmpty();
        assertThat(ContainerState.NEW.after(event("start")).after(die(137)).cause())
                .isEmpty();
        assertThat(ContainerState.NEW
                        .after(event("start"))
                        .signalled(1)
                        .after(die(129))
                        .expected())
                .isTrue();
        assertThat(state.after(event("start")).cause()).isEmpty();
    }

    private static EngineEvent event(String action) {
        return new EngineEvent(action, "", "id", Map.of(), 1);
    }

    private static EngineEvent die(int code) {
        return new EngineEvent("die", "", "id", Map.of("exitCode", Integer.toString(code)), 2);
    }
}
