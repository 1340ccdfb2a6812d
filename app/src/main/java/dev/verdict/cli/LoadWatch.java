package dev.verdict.cli;

import dev.verdict.load.Counts;
import dev.verdict.load.HistogramLog;
import dev.verdict.load.Interval;
import dev.verdict.load.IntervalCsv;
import dev.verdict.load.Latencies;
import dev.verdict.load.LoadListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows each second of a load on a terminal and writes it to the files that were asked for.
final class LoadWatch implements LoadListener, AutoCloseable {
    private final StatusLine status;
    private final Duration all;
    private final @Nullable HistogramLog log;
    private final @Nullable IntervalCsv csv;

    LoadWatch(Terminal terminal, Duration all, @Nullable Path hlog, @Nullable Path csv) throws IOException {
        this.status = new StatusLine(terminal);
        this.all = all;
        this.log = hlog == null ? null : HistogramLog.create(hlog, Instant.now());
        this.csv = csv == null ? null : IntervalCsv.create(csv);
    }

    @Override
    public void second(List<Interval> intervals, int active) {
        Counts counts = Counts.NONE;
        Latencies latencies = Latencies.endless();
        for (Interval one : intervals) {
            counts = counts.plus(one.counts());
            latencies.add(one.latencies());
        }
        Interval first = intervals.getFirst();
        status.show("%d of %d s: %s"
                .formatted(
                        first.start().plus(first.length()).toSeconds(),
                        all.toSeconds(),
                        LoadSeconds.words(first.length(), counts.total(), counts.failed(), latencies.response())));
        try {
            if (log != null) {
                log.write(intervals);
            }
            if (csv != null) {
                csv.write(intervals);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        status.clear();
        if (log != null) {
            log.close();
        }
        if (csv != null) {
            csv.close();
        }
    }
}
