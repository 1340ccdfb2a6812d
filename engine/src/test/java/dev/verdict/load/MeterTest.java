package dev.verdict.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verdict.journal.JournalWriter;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.AbstractHistogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeterTest {
    private static final long MIB = 1 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final double[] PERCENTILES = {0, 1, 50, 90, 99, 99.9, 99.99, 100};

    @Test
    void percentiles_are_those_of_the_raw_latencies_within_a_thousandth() {
        long[] raw = latencies(20_000);
        Meter meter = meter(LoadListener.NONE);
        Recorder recorder = meter.recorder();
        meter.start(0);
        for (long latency : raw) {
            recorder.answered(0, timing(latency), 10, 20);
        }
        meter.flip(1_000_000_000, 0);
        Arrays.sort(raw);
        AbstractHistogram response = response(meter);
        for (double percentile : PERCENTILES) {
            int rank = Math.max(1, (int) Math.ceil(percentile * raw.length / 100));
            assertThat((double) response.getValueAtPercentile(percentile))
                    .isBetween(raw[rank - 1] * 0.999, raw[rank - 1] * 1.001);
        }
    }

    @Test
    void four_recorders_and_many_seconds_merge_to_exactly_the_same() {
        long[] raw = latencies(20_000);
        Meter one = meter(LoadListener.NONE);
        Recorder alone = one.recorder();
        Meter four = meter(LoadListener.NONE);
        List<Recorder> slices = List.of(four.recorder(), four.recorder(), four.recorder(), four.recorder());
        for (int i = 0; i < raw.length; i++) {
            alone.answered(0, timing(raw[i]), 10, 20);
            slices.get(i % 4).answered(0, timing(raw[i]), 10, 20);
            if (i % 1000 == 0) {
                four.flip(i, 0);
            }
        }
        one.flip(1, 0);
        four.flip(raw.length, 0);
        assertThat(response(four)).isEqualTo(response(one));
        assertThat(four.total(Duration.ZERO).getFirst().counts())
                .isEqualTo(one.total(Duration.ZERO).getFirst().counts());
        for (double percentile : PERCENTILES) {
            assertThat(response(four).getValueAtPercentile(percentile))
                    .isEqualTo(response(one).getValueAtPercentile(percentile));
        }
    }

    @Test
    void each_second_is_told_alone() {
        List<Long> answered = new ArrayList<>();
        Meter meter = meter(
                (intervals, _) -> answered.add(intervals.getFirst().counts().answered()));
        Recorder recorder = meter.recorder();
        meter.start(0);
        recorder.answered(0, timing(5), 1, 1);
        recorder.answered(0, timing(5), 1, 1);
        meter.flip(1_000_000_000, 0);
        meter.flip(2_000_000_000, 0);
        recorder.answered(0, timing(5), 1, 1);
        meter.flip(3_000_000_000L, 0);
        assertThat(answered).containsExactly(2L, 0L, 1L);
    }

    @Test
    void quick_errors_do_not_improve_the_percentiles_and_waiting_in_vain_spoils_them() {
        Meter meter = meter(LoadListener.NONE);
        Recorder recorder = meter.recorder();
        recorder.failed(0, ErrorKind.REFUSED, "connection refused", timing(1));
        recorder.failed(0, ErrorKind.TIMED_OUT, "no answer", timing(10_000));
        recorder.failed(0, ErrorKind.STATUS, "status 500", timing(500));
        meter.flip(1, 0);
        Interval total = meter.total(Duration.ofSeconds(1)).getFirst();
        assertThat(total.latencies().response().getTotalCount()).isEqualTo(2);
        assertThat(total.latencies().response().getMinNonZeroValue()).isEqualTo(500);
        assertThat(total.counts().failed()).isEqualTo(3);
        assertThat(total.counts().errorShare()).isEqualTo(1);
        assertThat(total.counts().examples()).containsEntry(ErrorKind.STATUS, "status 500");
    }

    @Test
    void an_hour_takes_no_more_memory_than_a_minute(@TempDir Path folder) throws IOException {
        try (JournalWriter journal = JournalWriter.open(RunFolder.of(folder, "r"), Redactor.NONE)) {
            assertThat(grownInAnHour(new LoadJournal("load", journal))).isLessThan(MIB);
        }
    }

    @Test
    void what_keeps_each_second_is_seen_to_grow() {
        List<List<Interval>> kept = new ArrayList<>();
        assertThat(grownInAnHour((intervals, _) -> kept.add(intervals))).isGreaterThan(8 * MIB);
        assertThat(kept).hasSize(3600);
    }

    /// Lets an hour of two hundred requests a second go by on a clock of its own, ten minutes of it
    /// while nothing is answered.
    ///
    /// @return by how many bytes what is in use grew after the first minute
    private static long grownInAnHour(LoadListener listener) {
        Pace.Open pace = new Pace.Open(Profile.constant(200, Duration.ofHours(1)), Pace.Arrival.POISSON, 5);
        Arrivals arrivals = new Arrivals(pace, Slice.WHOLE);
        SplittableRandom random = new SplittableRandom(6);
        Meter meter = meter(listener);
        Recorder recorder = meter.recorder();
        Timing timing = new Timing();
        meter.start(0);
        long afterMinute = 0;
        for (long second = 1; second <= 3600; second++) {
            while (arrivals.due() < second * SECOND) {
                long due = arrivals.due();
                boolean stalled = second > 1200 && second <= 1800;
                long done = (stalled ? 1800 * SECOND : due) + (long) (50_000 / (1 - random.nextDouble()));
                timing.begin(due, due);
                timing.sent(due);
                timing.firstByte(done);
                timing.done(done);
                recorder.answered(0, timing, 10, 20);
                arrivals.advance();
            }
            meter.flip(second * SECOND, 0);
            if (second == 60) {
                afterMinute = inUse();
            }
        }
        assertThat(meter.total(Duration.ofHours(1)).getFirst().counts().answered())
                .isBetween(710_000L, 730_000L);
        return inUse() - afterMinute;
    }

    private static long inUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long[] latencies(int count) {
        SplittableRandom random = new SplittableRandom(11);
        return random.doubles(count).mapToLong(d -> (long) (50_000 / (1 - d))).toArray();
    }

    private static Timing timing(long latency) {
        Timing timing = new Timing();
        timing.begin(1000, 1000);
        timing.sent(1000);
        timing.firstByte(1000 + latency);
        timing.done(1000 + latency);
        return timing;
    }

    private static Meter meter(LoadListener listener) {
        return new Meter(List.of("one"), listener);
    }

    private static AbstractHistogram response(Meter meter) {
        return meter.total(Duration.ZERO).getFirst().latencies().response();
    }
}
