package dev.verdict.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @ParameterizedTest
    @CsvSource({"1ms, PT0.001S", "500ms, PT0.5S", "20s, PT20S", "1.5s, PT1.5S", "2min, PT2M", "1h, PT1H", "0.5h, PT30M"
    })
    void durations_have_units(String text, Duration duration) throws Refusal {
        assertThat(Amounts.duration(text, Duration.ofHours(24))).isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({
        "1B, 1",
        "5kB, 5000",
        "5KiB, 5120",
        "5MB, 5000000",
        "1MiB, 1048576",
        "1.5GB, 1500000000",
        "1GiB, 1073741824",
        "2TB, 2000000000000",
        "1TiB, 1099511627776"
    })
    void sizes_are_decimal_or_binary(String text, long bytes) throws Refusal {
        assertThat(Amounts.size(text)).isEqualTo(bytes);
    }

    @Test
    void what_is_written_is_read_again() throws Refusal {
        for (long nanos = 1_000_000; nanos < 86_400_000_000_000L; nanos = nanos * 3 + 7) {
            Duration duration = Duration.ofNanos(nanos);
            assertThat(Amounts.duration(Amounts.write(duration), Duration.ofHours(24)))
                    .isEqualTo(duration);
        }
        for (long bytes = 1; bytes < 1L << 50; bytes = bytes * 3 + 7) {
            assertThat(Amounts.size(Amounts.write(bytes))).isEqualTo(bytes);
        }
        assertThat(Amounts.write(1L << 30)).isEqualTo("1GiB");
        assertThat(Amounts.write(5_000_000L)).isEqualTo("5MB");
        assertThat(Amounts.write(Duration.ofSeconds(90))).isEqualTo("90s");
    }
}
