package dev.verdict.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event;
import dev.verdict.journal.MemoryJournal;
import dev.verdict.journal.Redactor;
import dev.verdict.plan.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceLogTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T20:00:00Z"), ZoneOffset.UTC);

    private final List<String> failures = new ArrayList<>();

    @TempDir
    Path directory;

    private ServiceLog log(long maxBytes) {
        return new ServiceLog(
                directory.resolve("stock.log"), Redactor.of(List.of("s3cret")), CLOCK, maxBytes, failures::add);
    }

    private List<String> lines() throws Exception {
        return Files.readAllLines(directory.resolve("stock.log"));
    }

    @Test
    void lines_carry_time_and_stream_and_no_secret() throws Exception {
        List<String> followed = new ArrayList<>();
        try (ServiceLog log = log(1000);
                ServiceLog.Subscription subscription = log.follow(line -> followed.add(line.toString()))) {
            log.accept("out", "token s3cret here", 0);
            assertThat(log.last(5)).containsExactly("token *** here");
            assertThat(subscription).isNotNull();
        }

        assertThat(lines()).containsExactly("2026-11-20T20:00:00.000Z out token *** here");
        assertThat(followed).containsExactly("out token *** here");
    }

    @Test
    void a_full_log_says_so_and_keeps_telling_its_followers() throws Exception {
        try (ServiceLog log = log(100)) {
            for (int i = 0; i < 10; i++) {
                log.accept("out", "line " + i, 0);
            }
            assertThat(log.last(1)).containsExactly("line 9");
            assertThat(log.lines()).isEqualTo(10);
        }

        assertThat(lines()).hasSizeLessThan(6);
        assertThat(lines().getLast())
                .isEqualTo(
                        "2026-11-20T20:00:00.000Z err [verdict: the log reached 100 bytes; what follows is not kept]");
        assertThat(failures).isEmpty();
    }

    @Test
    void a_long_line_is_cut_with_a_mark() throws Exception {
        try (ServiceLog log = log(1 << 20)) {
            log.accept("out", "x".repeat(ServiceLog.MAX_LINE + 5), 10);
        }

        assertThat(lines().getFirst()).endsWith("xxx… [verdict: cut, about 15 more]");
    }

    @Test
    void a_process_writes_both_streams_odd_bytes_and_a_last_line_without_end() throws Exception {
        Service stock = Systems.shell(
                "stock",
                "printf 'one\\r\\n'; printf 'f\\303\\274nf\\n'; printf 'bad \\377\\n'; echo two >&2; printf 'no end'");
        MemoryJournal journal = new MemoryJournal();
        try (LocalEnvironment environment = Systems.environment(directory, journal, stock)) {
            environment.up();
            Waiting.until(
                    "it ended", () -> !journal.all(Event.ServiceExited.class).isEmpty());
            List<String> texts = Files.readAllLines(environment.log("stock")).stream()
                    .map(line -> line.substring(25))
                    .toList();

            assertThat(texts)
                    .containsSubsequence("out one", "out fünf", "out bad \ufffd", "out no end")
                    .contains("err two");
        }
        try (var left = Files.list(directory.resolve(".verdict/runs/test-run/logs"))) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("stock.log");
        }
    }

    @Test
    void a_flood_without_line_ends_is_bounded() throws Exception {
        Service stock = Systems.shell("stock", "head -c 20000000 /dev/zero | tr '\\0' x; echo; echo after");
        MemoryJournal journal = new MemoryJournal();
        try (LocalEnvironment environment = Systems.environment(directory, journal, stock)) {
            environment.up();
            Waiting.until(
                    "it ended", () -> !journal.all(Event.ServiceExited.class).isEmpty());
            List<String> lines = Files.readAllLines(environment.log("stock"));

            assertThat(lines).hasSize(2);
            assertThat(lines.get(0)).hasSizeLessThan(ServiceLog.MAX_LINE + 100).endsWith("more]");
            assertThat(lines.get(1)).endsWith("out after");
        }
    }
}
