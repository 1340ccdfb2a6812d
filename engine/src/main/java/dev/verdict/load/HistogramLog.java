package dev.verdict.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/// Writes response times as an HdrHistogram log, as its own tools read it: one line for each
/// request and second, tagged with the request's name, in nanoseconds.
public final class HistogramLog implements AutoCloseable {
    /// Turns nanoseconds into the milliseconds in which a log says its maxima.
    private static final double TO_MILLIS = 1e6;

    private final PrintStream out;
    private final HistogramLogWriter writer;
    private final long startMillis;

    private HistogramLog(PrintStream out, Instant start) {
        this.out = out;
        this.writer = new HistogramLogWriter(out);
        this.startMillis = start.toEpochMilli();
        writer.outputComment("[response times in nanoseconds, written by Verdict]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(startMillis);
        writer.setBaseTime(startMillis);
        writer.outputLegend();
    }

    /// Makes a file, in place of one that is there.
    public static HistogramLog create(Path file, Instant start) throws IOException {
        return new HistogramLog(new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8), start);
    }

    /// Writes a second.
    ///
    /// @throws IOException if the file cannot be written
    public void write(List<Interval> intervals) throws IOException {
        for (Interval interval : intervals) {
            AbstractHistogram histogram = new Histogram(3);
            histogram.add(interval.latencies().response());
            histogram.setTag(tag(interval.request()));
            double start = interval.start().toNanos() / 1e9;
            writer.outputIntervalHistogram(start, start + interval.length().toNanos() / 1e9, histogram, TO_MILLIS);
        }
        if (out.checkError()) {
            throw new IOException("the histogram log cannot be written");
        }
    }

    @Override
    public void close() throws IOException {
        boolean failed = out.checkError();
        out.close();
        if (failed) {
            throw new IOException("the histogram log cannot be written");
        }
    }

    /// A tag of the format holds no comma, space or line end.
    private static String tag(String name) {
        return name.replaceAll("[,\\s]", "_");
    }
}
