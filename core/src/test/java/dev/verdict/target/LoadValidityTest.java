package dev.verdict.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LoadValidityTest {
    @Test
    void a_generator_that_kept_up_is_valid() {
        assertThat(validity(9.9, 3, 1000, 990, 0.8).faults()).isEmpty();
        assertThat(validity(49, 500, 1000, 1000, 0.1).faults()).isEmpty();
        assertThat(validity(0, 0, 0, 1, 0).faults()).isEmpty();
    }

    @Test
    void sending_late_is_invalid() {
        assertThat(validity(11, 3, 1000, 1000, 0.1).faults())
                .containsExactly(
                        "the generator sent late: by 11.0 ms in the 99th percentile, where 10.0 ms are allowed");
        assertThat(validity(51, 500, 1000, 1000, 0.1).faults()).hasSize(1);
    }

    @Test
    void a_rate_that_was_not_reached_is_invalid() {
        assertThat(validity(0, 3, 1000, 989, 0.1).faults())
                .containsExactly("the rate was not reached: 989 of 1000 requests were sent, 98.9 %");
    }

    @Test
    void full_processors_are_invalid() {
        assertThat(validity(0, 3, 0, 1000, 0.97).faults())
                .containsExactly("the generator was busy for 97.0 % of the time, where 80 % are allowed");
    }

    @Test
    void users_of_a_busy_machine_are_valid() {
        assertThat(new LoadValidity(millis(1.7), millis(3), 0, 1000, 0.1, 0.004).faults())
                .isEmpty();
    }

    @Test
    void users_who_were_kept_waiting_by_the_generator_are_invalid() {
        assertThat(new LoadValidity(millis(9), millis(12), 0, 1000, 0.1, 0.1).faults())
                .isEmpty();
        assertThat(new LoadValidity(millis(9), millis(12), 0, 1000, 0.1, 0.62).faults())
                .containsExactly("the users waited for the generator for 62.0 % of their time, where 10 % are allowed");
    }

    private static LoadValidity validity(double lateMillis, double responseMillis, long due, long sent, double busy) {
        return new LoadValidity(millis(lateMillis), millis(responseMillis), due, sent, busy, 0);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
