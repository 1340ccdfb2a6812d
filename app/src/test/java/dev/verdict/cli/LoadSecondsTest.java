package dev.verdict.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.journal.HistogramText;
import java.time.Duration;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadSecondsTest {
    private final LoadSeconds loads = new LoadSeconds();

    private static LoadInterval second(String load, String request, int start, int milliseconds, int refused) {
        Histogram response = new Histogram(3);
        response.recordValueWithCount(milliseconds * 1_000_000L, 10);
        String text = HistogramText.of(response);
        return new LoadInterval(
                load,
                request,
                Duration.ofSeconds(start),
                Duration.ofSeconds(1),
                10,
                10L + refused,
                1,
                0,
                0,
                0,
                refused == 0 ? Map.of() : Map.of("refused", (long) refused),
                text,
                text,
                "",
                "",
                "",
                "",
                "");
    }

    @Test
    void all_kinds_of_a_second_are_told_together_and_a_new_second_begins_anew() {
        assertThat(loads.words(second("a", "GET /", 4, 1, 0))).startsWith("5 s, 10/s, p50 1.00 ms, p99 1.00 ms, 0 err");
        assertThat(loads.words(second("b", "GET /", 4, 9, 0))).startsWith("5 s, 10/s, p50 9.");
        assertThat(loads.words(second("a", "PUT /", 4, 3, 2)))
                .matches("5 s, 22/s, p50 1\\.00 ms, p99 3\\.00 ms, 2 errors");
        assertThat(loads.words(second("a", "GET /", 5, 2, 0))).startsWith("6 s, 10/s, p50 2.00 ms, p99 2.00 ms, 0 err");
    }
}
