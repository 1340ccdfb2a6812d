package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.HistogramText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadFilesTest {
    private static final Instant BEGAN = Instant.parse("2026-11-26T20:00:00Z");

    @TempDir
    Path folder;

    private static Entry second(String load, int start, int milliseconds) {
        Histogram response = new Histogram(3);
        response.recordValueWithCount(milliseconds * 1_000_000L, 10);
        String text = HistogramText.of(response);
        return new Entry(
                start,
                BEGAN.plusSeconds(start + 1),
                start,
                new Event.LoadInterval(
                        load,
                        "GET /a,b",
                        Duration.ofSeconds(start),
                        Duration.ofSeconds(1),
                        10,
                        12,
                        1,
                        5,
                        6,
                        7,
                        Map.of("refused", 2L, "timed out", 1L),
                        text,
                        text,
                        "",
                        "",
                        "",
                        "",
                        ""));
    }

    @Test
    void each_load_has_a_log_that_its_own_reader_reads_and_a_table() throws Exception {
        List<Path> written = LoadFiles.write(
                List.of(second("shop: browse", 0, 1), second("shop: buy", 0, 7), second("shop: browse", 1, 3)),
                folder.resolve("out"));

        assertThat(written)
                .extracting(file -> folder.relativize(file).toString())
                .containsExactly(
                        "out/shop-browse.hlog", "out/shop-browse.csv", "out/shop-buy.hlog", "out/shop-buy.csv");
        List<Long> maxima = new ArrayList<>();
        try (HistogramLogReader log = new HistogramLogReader(written.getFirst().toFile())) {
            while (log.hasNext()) {
                maxima.add(((Histogram) log.nextIntervalHistogram()).getMaxValue() / 1_000_000);
            }
            assertThat(log.getStartTimeSec()).isEqualTo((double) BEGAN.getEpochSecond());
        }
        assertThat(maxima).containsExactly(1L, 3L);
        List<String> rows = Files.readAllLines(written.get(1));
        assertThat(rows).hasSize(3);
        assertThat(rows.getLast())
                .startsWith("\"GET /a,b\",1.000,1.000,10,3,5,6,7,3.")
                .endsWith(",3.0003");
    }

    @Test
    void a_run_without_loads_has_nothing_to_write() {
        assertThatThrownBy(() -> LoadFiles.write(List.of(), folder))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no load");
    }
}
