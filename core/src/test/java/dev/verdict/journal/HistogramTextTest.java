package dev.verdict.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.junit.jupiter.api.Test;

final class HistogramTextTest {
    @Test
    void a_histogram_comes_back_as_it_was() {
        IntCountsHistogram histogram = new IntCountsHistogram(3);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5000; i++) {
            histogram.recordValue((long) (100_000 / random.nextDouble()));
        }
        String text = HistogramText.of(histogram);
        Histogram same = HistogramText.read(text);
        assertThat(same.getTotalCount()).isEqualTo(5000);
        assertThat(same.getValueAtPercentile(99.9)).isEqualTo(histogram.getValueAtPercentile(99.9));
        assertThat(same.getMaxValue()).isEqualTo(histogram.getMaxValue());
        same.recordValue(Long.MAX_VALUE / 4);
        assertThat(text.length()).isLessThan(8000);
    }

    @Test
    void an_empty_histogram_comes_back_empty() {
        assertThat(HistogramText.read(HistogramText.of(new Histogram(3))).getTotalCount())
                .isZero();
    }

    @Test
    void other_texts_are_refused() {
        assertThatThrownBy(() -> HistogramText.read("bm8gaGlzdG9ncmFt")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HistogramText.read("-")).isInstanceOf(IllegalArgumentException.class);
    }
}
