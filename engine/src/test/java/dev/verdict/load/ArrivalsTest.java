package dev.verdict.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verdict.load.Pace.Arrival;
import dev.verdict.load.Pace.Open;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArrivalsTest {
    private static final Profile RATE = new Profile(List.of(
            new Profile.Ramp(0, 2000, Duration.ofSeconds(5)), new Profile.Ramp(2000, 2000, Duration.ofSeconds(5))));

    @Test
    void all_arrivals_come_in_order_and_then_never() {
        List<Long> all = walk(new Arrivals(new Open(RATE, Arrival.EVEN, 1), Slice.WHOLE));
        assertThat(all).hasSize(15_000).isSorted();
        assertThat(all.getFirst()).isZero();
        assertThat(all.getLast()).isLessThan(10_000_000_000L);
    }

    @Test
    void slices_together_are_the_whole() {
        for (Arrival arrival : Arrival.values()) {
            Open pace = new Open(RATE, arrival, 42);
            List<Long> together = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                together.addAll(walk(new Arrivals(pace, new Slice(i, 4))));
            }
            assertThat(together.stream().sorted().toList()).isEqualTo(walk(new Arrivals(pace, Slice.WHOLE)));
        }
    }

    @Test
    void a_part_of_a_slice_is_a_slice() {
        assertThat(new Slice(1, 4).part(2, 3)).isEqualTo(new Slice(9, 12));
        assertThat(new Slice(1, 4).index(2)).isEqualTo(9);
    }

    @Test
    void random_arrivals_are_those_of_a_poisson_process() {
        Open pace = new Open(Profile.constant(1000, Duration.ofSeconds(100)), Arrival.POISSON, 3);
        List<Long> all = walk(new Arrivals(pace, Slice.WHOLE));
        assertThat((double) all.size()).isCloseTo(100_000, within(5 * Math.sqrt(100_000)));
        // Gaps of a Poisson process have a deviation as large as their mean.
        double squares = 0;
        for (int i = 1; i < all.size(); i++) {
            squares += Math.pow((all.get(i) - all.get(i - 1)) / 1e6 - 1, 2);
        }
        assertThat(Math.sqrt(squares / all.size())).isCloseTo(1, within(0.03));
        assertThat(walk(new Arrivals(pace, Slice.WHOLE))).isEqualTo(all);
    }

    private static List<Long> walk(Arrivals arrivals) {
        List<Long> times = new ArrayList<>();
        for (; arrivals.due() != Arrivals.NEVER; arrivals.advance()) {
            times.add(arrivals.due());
        }
        return times;
    }
}
