package dev.verdict.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExcerptTest {
    private static final Instant START = Instant.parse("2026-11-20T09:30:00Z");

    @TempDir
    Path directory;

    @Test
    void a_line_has_its_time_stream_and_level() {
        Page.LogLine line = LogExcerpt.line("2026-11-20T09:30:01.250Z err ERROR it broke", START);

        assertThat(line.at()).contains(1250.0);
        assertThat(line.error()).isTrue();
        assertThat(line.level()).isEqualTo("error");
        assertThat(line.text()).isEqualTo("ERROR it broke");
    }

    @Test
    void a_line_of_another_shape_is_kept_whole() {
        assertThat(LogExcerpt.line("no time here", START).text()).isEqualTo("no time here");
        assertThat(LogExcerpt.line("", START).at()).isEmpty();
        assertThat(LogExcerpt.line("2026-11-20T09:30:01.250Z", START).text()).isEqualTo("2026-11-20T09:30:01.250Z");
    }

    @Test
    void a_word_that_contains_error_is_none() {
        assertThat(LogExcerpt.line("errors: 0, terrors: 1, INFORMATION", START).level())
                .isEmpty();
    }

    @Test
    void a_long_log_is_cut_to_its_end_and_what_surrounds_its_warnings() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(START.plusMillis(i * 10L) + " out " + (i == 2_000 ? "WARN the odd one" : "INFO line " + i));
        }
        Page.Log log = excerpt(lines, List.of());

        assertThat(log.lines().getFirst().gap()).isEqualTo(1_996);
        assertThat(log.lines().get(5).text()).isEqualTo("WARN the odd one");
        assertThat(log.lines()).hasSize(1 + 9 + 1 + 300);
        assertThat(log.lines().getLast().text()).isEqualTo("INFO line 4999");
    }

    @Test
    void lines_of_a_scenario_that_did_not_pass_are_kept() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(START.plusMillis(i * 10L) + " out INFO line " + i);
        }
        Page.Log log = excerpt(lines, List.of(new LogExcerpt.Interval(1_000, 1_050)));

        assertThat(log.lines().stream().map(Page.LogLine::text)).contains("INFO line 100", "INFO line 105");
        assertThat(log.lines().stream().map(Page.LogLine::text)).doesNotContain("INFO line 106");
    }

    @Test
    void whatever_a_log_holds_the_excerpt_is_bounded() throws IOException {
        Random random = new Random(7);
        byte[] noise = new byte[6 << 20];
        random.nextBytes(noise);
        Path log = directory.resolve("noise.log");
        Files.write(log, noise);

        Page.Log excerpt = LogExcerpt.of(log, "../logs/noise.log", START, List.of(new LogExcerpt.Interval(0, 1e9)))
                .orElseThrow();

        assertThat(excerpt.size()).isEqualTo(6 << 20);
        assertThat(excerpt.lines().getFirst().gap()).isEqualTo(-1);
        assertThat(excerpt.lines()).hasSizeLessThan(2 * (300 + 150 * 9 + 600));
        assertThat(excerpt.lines()).allMatch(line -> line.text().length() < 1_100);
    }

    private Page.Log excerpt(List<String> lines, List<LogExcerpt.Interval> interesting) throws IOException {
        Path log = directory.resolve("service.log");
        Files.write(log, lines);
        return LogExcerpt.of(log, "../logs/service.log", START, interesting).orElseThrow();
    }
}
