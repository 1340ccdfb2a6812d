package dev.verdict.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunIdTest {
    @Test
    void names_of_one_second_sort_by_their_millisecond() {
        assertThat(Stream.of("15.000", "15.001", "15.016", "15.999", "16.000").map(RunIdTest::at))
                .isSorted()
                .allMatch(id -> id.matches("20261120-20001[56]-[0-9a-f]{6}"));
    }

    private static String at(String second) {
        return RunId.next(Clock.fixed(Instant.parse("2026-11-20T20:00:" + second + "Z"), ZoneOffset.UTC));
    }
}
