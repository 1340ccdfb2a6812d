package dev.verdict.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.verdict.load.Profile.Ramp;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ProfileTest {
    private static final Profile SPIKE = new Profile(List.of(
            new Ramp(0, 100, Duration.ofSeconds(10)),
            new Ramp(1000, 1000, Duration.ofSeconds(1)),
            new Ramp(100, 0, Duration.ofSeconds(10))));

    @Test
    void a_constant_rate_is_due_at_equal_distances() {
        Profile profile = Profile.constant(5000, Duration.ofSeconds(30));
        assertThat(profile.timeOf(0)).isZero();
        assertThat(profile.timeOf(1)).isEqualTo(200_000);
        assertThat(profile.timeOf(149_999)).isEqualTo(29_999_800_000L);
        assertThat(profile.timeOf(150_000)).isNegative();
        assertThat(profile.area(30_000_000_000L)).isEqualTo(150_000);
    }

    @Test
    void a_ramp_rises_in_a_straight_line() {
        assertThat(SPIKE.at(5_000_000_000L)).isEqualTo(50);
        assertThat(SPIKE.at(10_500_000_000L)).isEqualTo(1000);
        assertThat(SPIKE.at(16_000_000_000L)).isEqualTo(50);
        assertThat(SPIKE.at(21_000_000_000L)).isZero();
        assertThat(SPIKE.peak()).isEqualTo(1000);
        assertThat(SPIKE.duration()).isEqualTo(Duration.ofSeconds(21));
        assertThat(SPIKE.area(21_000_000_000L)).isEqualTo(2000);
    }

    @Test
    void time_and_area_are_each_others_inverse() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            double area = random.nextDouble(1999.9);
            assertThat(SPIKE.area(SPIKE.timeOf(area))).isCloseTo(area, within(1e-5));
        }
    }

    @Test
    void a_rest_in_the_middle_has_no_arrivals() {
        Profile profile = new Profile(List.of(
                new Ramp(10, 10, Duration.ofSeconds(1)),
                new Ramp(0, 0, Duration.ofSeconds(5)),
                new Ramp(10, 10, Duration.ofSeconds(1))));
        assertThat(profile.timeOf(9)).isEqualTo(900_000_000);
        assertThat(profile.timeOf(10)).isEqualTo(6_000_000_000L);
    }

    @Test
    void what_is_no_number_is_refused() {
        assertThatThrownBy(() -> new Ramp(-1, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ramp(Double.NaN, 1, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
