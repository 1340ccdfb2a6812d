package dev.verdict.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.program.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] NOTHING = {};

    @TempDir
    Path directory;

    private Program shell(String script) {
        return new Program(List.of("/bin/sh", "-c", script), directory, Map.of("COLOUR", "red"));
    }

    @Test
    void a_program_has_its_input_and_variables_and_its_outputs_are_told_apart() throws Exception {
        Outcome outcome =
                shell("cat; pwd; echo $COLOUR >&2; exit 3").run("given\n".getBytes(StandardCharsets.UTF_8), LONG, 1000);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Ended.class, ended -> {
            assertThat(ended.exitCode()).isEqualTo(3);
            assertThat(ended.output()).asString().isEqualTo("given\n" + directory + "\n");
            assertThat(ended.errors()).asString().isEqualTo("red\n");
        });
    }

    @Test
    void one_that_takes_too_long_is_killed_with_all_that_descend_from_it() throws Exception {
        Outcome outcome = shell("sleep 300 & echo $! > child; wait").run(NOTHING, Duration.ofSeconds(1), 1000);

        assertThat(outcome).isEqualTo(new Outcome.TimedOut());
        awaitEndOfChild();
    }

    private void awaitEndOfChild() throws IOException {
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        Awaitility.await()
                .until(() -> ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false), alive -> !alive);
    }

    @Test
    void an_interrupt_ends_it_as_well() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> {
            try {
                shell("sleep 301 & echo $! > child.new; mv child.new child; wait")
                        .run(NOTHING, LONG, 1000);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Awaitility.await().until(() -> Files.exists(directory.resolve("child")));
        waiting.interrupt();
        interrupted.await();
        awaitEndOfChild();
    }

    @Test
    void whoever_it_leaves_running_holds_up_nobody() throws Exception {
        assertThat(shell("sleep 5 & echo over").run(NOTHING, LONG, 1000))
                .isInstanceOfSatisfying(
                        Outcome.Ended.class,
                        ended -> assertThat(ended.output()).asString().isEqualTo("over\n"));
    }

    @Test
    void what_writes_too_much_is_not_read() throws Exception {
        assertThat(shell("head -c 1001 /dev/zero").run(NOTHING, LONG, 1000)).isEqualTo(new Outcome.TooMuch());
        assertThat(shell("head -c 1001 /dev/zero >&2").run(NOTHING, LONG, 1000)).isEqualTo(new Outcome.TooMuch());
        assertThat(shell("head -c 1000 /dev/zero").run(NOTHING, LONG, 1000)).isInstanceOf(Outcome.Ended.class);
    }

    @Test
    void what_is_no_program_is_not_started() {
        assertThatThrownBy(() -> new Program(List.of("no-such-program"), directory, Map.of()).run(NOTHING, LONG, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-program");
    }
}
