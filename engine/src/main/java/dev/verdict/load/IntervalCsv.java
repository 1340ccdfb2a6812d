package dev.verdict.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.AbstractHistogram;

/// Writes a line for each request and second, with its counts, and its response times in
/// milliseconds.
public final class IntervalCsv implements AutoCloseable {
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99};

    private final BufferedWriter out;

    private IntervalCsv(BufferedWriter out) throws IOException {
        this.out = out;
        out.write("request,start_s,length_s,answered,errors,bytes_in,bytes_out,connects,"
                + "p50_ms,p75_ms,p90_ms,p95_ms,p99_ms,p99.9_ms,p99.99_ms,max_ms\n");
    }

    /// Makes a file, in place of one that is there.
    public static IntervalCsv create(Path file) throws IOException {
        return new IntervalCsv(Files.newBufferedWriter(file));
    }

    /// Writes a second.
    public void write(List<Interval> intervals) throws IOException {
        for (Interval interval : intervals) {
            out.write(row(interval));
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private static String row(Interval interval) {
        Counts counts = interval.counts();
        StringBuilder row = new StringBuilder(quoted(interval.request()));
        row.append(String.format(
                Locale.ROOT,
                ",%.3f,%.3f,%d,%d,%d,%d,%d",
                interval.start().toNanos() / 1e9,
                interval.length().toNanos() / 1e9,
                counts.answered(),
                counts.failed(),
                counts.bytesIn(),
                counts.bytesOut(),
                counts.connects()));
        AbstractHistogram response = interval.latencies().response();
        for (double percentile : PERCENTILES) {
            row.append(String.format(Locale.ROOT, ",%.4f", response.getValueAtPercentile(percentile) / 1e6));
        }
        return row.append(String.format(Locale.ROOT, ",%.4f%n", response.getMaxValue() / 1e6))
                .toString();
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
