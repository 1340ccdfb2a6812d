package dev.verdict.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatisticsTest {
    /// From table I of Newcombe (1998), "Two-sided confidence intervals for the single proportion",
    /// Statistics in Medicine 17: methods 3 (score) and 5 (Clopper-Pearson), at 95 %.
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662, 0.2527, 0.3676",
        "15, 148, 0.0624, 0.1605, 0.0578, 0.1617",
        " 0,  20, 0.0000, 0.1611, 0.0000, 0.1684",
        " 1,  29, 0.0061, 0.1718, 0.0009, 0.1776"
    })
    void intervals_of_a_share_are_those_of_the_tables(
            long successes, long trials, double low, double high, double exactLow, double exactHigh) {
        Proportion proportion = new Proportion(successes, trials);
        assertThat(proportion.wilson(0.95).low()).isCloseTo(low, within(5e-5));
        assertThat(proportion.wilson(0.95).high()).isCloseTo(high, within(5e-5));
        assertThat(proportion.exact(0.95).low()).isCloseTo(exactLow, within(5e-5));
        assertThat(proportion.exact(0.95).high()).isCloseTo(exactHigh, within(5e-5));
    }

    @Test
    void intervals_end_where_a_share_does() {
        assertThat(new Proportion(20, 20).wilson(0.95).high()).isEqualTo(1);
        assertThat(new Proportion(20, 20).exact(0.95).low()).isCloseTo(0.8316, within(5e-5));
        assertThat(new Proportion(20, 20).exact(0.95).high()).isEqualTo(1);
        assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Wilks (1941), "Determination of sample sizes for setting tolerance limits": 59, 93, 124, 153
    /// and 181 at 95 % and 95 %, with 0 to 4 values beyond.
    @ParameterizedTest
    @CsvSource({"0, 59", "1, 93", "2, 124", "3, 153", "4, 181"})
    void the_trials_that_it_takes_are_those_of_wilks(int failures, long trials) {
        assertThat(Proportion.trialsNeeded(failures, 0.95, 0.95)).isEqualTo(trials);
        assertThat(new Proportion(trials - failures, trials).lower(0.95)).isGreaterThanOrEqualTo(0.95);
        assertThat(new Proportion(trials - failures - 1, trials - 1).lower(0.95))
                .isLessThan(0.95);
        assertThat(new Ranks(0.95, trials).upper(0.95)).isEqualTo(trials - failures);
        assertThat(new Ranks(0.95, trials - 1).upper(0.95)).isEqualTo(trials - failures);
    }

    @Test
    void nothing_shows_that_all_succeed() {
        assertThat(Proportion.trialsNeeded(0, 1, 0.95)).isEqualTo(Long.MAX_VALUE);
        assertThat(Ranks.needed(0.95, 0.95)).isEqualTo(59);
        assertThat(Ranks.needed(0.99)).isEqualTo(100);
        assertThat(Ranks.needed(0.999)).isEqualTo(1000);
    }

    /// Conover (1999), "Practical Nonparametric Statistics", table for the median at 95 %.
    @ParameterizedTest
    @CsvSource({"10, 2, 9", "15, 4, 12", "20, 6, 15", "25, 8, 18"})
    void the_interval_of_a_median_is_that_of_the_tables(long count, long low, long high) {
        Ranks ranks = new Ranks(0.5, count);
        assertThat(ranks.lower(0.975)).isEqualTo(low);
        assertThat(ranks.upper(0.975)).isEqualTo(high);
    }

    @Test
    void large_samples_agree_with_the_exact_ones() {
        Ranks exact = new Ranks(0.99, 1_000_000);
        Ranks beyond = new Ranks(0.99, 1_000_001);
        assertThat((double) beyond.upper(0.975)).isCloseTo((double) exact.upper(0.975), within(2.0));
        assertThat((double) beyond.lower(0.975)).isCloseTo((double) exact.lower(0.975), within(2.0));
    }

    @Test
    void the_interval_of_a_percentile_holds_it_as_often_as_it_says() {
        Random random = new Random(7);
        int held = 0;
        int rounds = 2000;
        double percentile = -Math.log(1 - 0.9); // of the exponential distribution
        Ranks ranks = new Ranks(0.9, 200);
        for (int round = 0; round < rounds; round++) {
            double[] values =
                    random.doubles(200).map(u -> -Math.log(1 - u)).sorted().toArray();
            double low = values[(int) ranks.lower(0.975) - 1];
            double high = values[(int) ranks.upper(0.975) - 1];
            held += low <= percentile && percentile <= high ? 1 : 0;
        }
        assertThat(held / (double) rounds).isBetween(0.945, 0.985);
    }

    /// Kendall (1975), "Rank Correlation Methods", table of P(S >= s) for n = 10.
    @ParameterizedTest
    @CsvSource({"21, 0.036", "23, 0.023", "25, 0.014", "27, 0.0083"})
    void the_test_for_a_trend_is_near_the_exact_one(int s, double oneSided) {
        Trend trend = Trend.of(series(permutation(10, s)));
        assertThat(trend.p() / 2).isCloseTo(oneSided, within(0.002));
        List<Double> down = permutation(10, s).reversed();
        assertThat(Trend.of(series(down)).p()).isCloseTo(trend.p(), within(1e-12));
        assertThat(Trend.of(series(down)).slope()).isNegative();
    }

    /// Returns 1 to n in an order with Kendall's S = s, by moving one number after the other down.
    private static List<Double> permutation(int n, int s) {
        List<Double> order = new ArrayList<>(
                IntStream.rangeClosed(1, n).mapToObj(Double::valueOf).toList());
        int inversions = (n * (n - 1) / 2 - s) / 2;
        for (int last = n - 1; inversions > 0; last--) {
            int steps = Math.min(inversions, last);
            order.add(last - steps, order.remove(last));
            inversions -= steps;
        }
        return order;
    }

    private static List<Point> series(List<Double> values) {
        return IntStream.range(0, values.size())
                .mapToObj(index -> new Point(index, values.get(index)))
                .toList();
    }

    @Test
    void a_slope_is_not_moved_by_outliers() {
        List<Double> values = new ArrayList<>();
        for (int index = 0; index < 40; index++) {
            values.add(index % 9 == 4 ? 10_000.0 : 3 + 2.0 * index);
        }
        Trend trend = Trend.of(series(values));
        assertThat(trend.slope()).isCloseTo(2, within(1e-9));
        assertThat(trend.interval().low()).isLessThanOrEqualTo(2);
        assertThat(trend.interval().high()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void what_stays_equal_has_no_trend() {
        Trend trend = Trend.of(series(Collections.nCopies(30, 5.0)));
        assertThat(trend.slope()).isZero();
        assertThat(trend.p()).isEqualTo(1);
        assertThatThrownBy(() -> Trend.of(series(Collections.nCopies(9, 5.0)))).hasMessageContaining("9 points");
    }

    @Test
    void the_interval_of_a_slope_holds_it_as_often_as_it_says() {
        Random random = new Random(11);
        int held = 0;
        int rounds = 1000;
        for (int round = 0; round < rounds; round++) {
            Trend trend = Trend.of(series(IntStream.range(0, 30)
                    .mapToObj(index -> 0.1 * index + random.nextGaussian())
                    .toList()));
            held += trend.interval().low() <= 0.1 && 0.1 <= trend.interval().high() ? 1 : 0;
        }
        assertThat(held / (double) rounds).isBetween(0.93, 0.97);
    }

    @Test
    void the_steady_state_begins_where_the_start_has_died_away() {
        Random random = new Random(3);
        List<Double> warm = IntStream.range(0, 300)
                .mapToObj(second -> 100 - 80 * Math.exp(-second / 10.0) + random.nextGaussian())
                .toList();
        assertThat(SteadyState.of(series(warm)).orElseThrow()).isBetween(15.0, 60.0);
        List<Double> flat = IntStream.range(0, 100)
                .mapToObj(_ -> 20 + random.nextGaussian())
                .toList();
        assertThat(SteadyState.of(series(flat)).orElseThrow()).isLessThanOrEqualTo(20.0);
    }

    @Test
    void what_goes_on_growing_has_no_steady_state() {
        Random random = new Random(5);
        List<Double> growing = IntStream.range(0, 300)
                .mapToObj(second -> second + random.nextGaussian())
                .toList();
        assertThat(SteadyState.of(series(growing))).isEmpty();
        assertThat(SteadyState.of(series(Collections.nCopies(49, 1.0)))).isEmpty();
    }
}
