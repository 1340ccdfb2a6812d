package dev.verdict.cli;

import dev.verdict.load.Counts;
import dev.verdict.load.Interval;
import dev.verdict.load.LoadResult;
import dev.verdict.target.LoadValidity;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import tools.jackson.databind.json.JsonMapper;

/// Says what a load has measured, as people know it from wrk2, and what follows from it.
final class LoadAnswer {
    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99, 100};
    private static final int BAR = 40;

    private final String url;
    private final long seed;
    private final LoadResult result;
    private final double allowed;
    private final Interval all;
    private final List<String> faults;

    /// Takes a result.
    ///
    /// @param allowed the share of errors that is allowed, 0 to 1
    LoadAnswer(String url, long seed, LoadResult result, double allowed) {
        this.url = url;
        this.seed = seed;
        this.result = result;
        this.allowed = allowed;
        this.all = result.all();
        this.faults = new LoadValidity(
                        nanos(all.latencies().late(), 99),
                        nanos(all.latencies().response(), 99),
                        result.due(),
                        all.counts().sent(),
                        result.busy(),
                        result.lost())
                .faults();
    }

    int exitCode() {
        if (result.stopped().filter("interrupted"::equals).isPresent()) {
            return Exit.INTERRUPTED;
        }
        if (all.counts().errorShare() > allowed || all.counts().total() == 0) {
            return all.counts().total() == 0 ? Exit.INCONCLUSIVE : Exit.FAIL;
        }
        return faults.isEmpty() ? Exit.PASS : Exit.INCONCLUSIVE;
    }

    void print(Terminal terminal) {
        Counts counts = all.counts();
        terminal.line("");
        terminal.line(row("", "p50", "p75", "p90", "p95", "p99", "p99.9", "p99.99", "max"));
        terminal.line(row("response", all.latencies().response()));
        terminal.line(row("service", all.latencies().service()));
        if (all.latencies().firstByte().getTotalCount() > 0) {
            terminal.line(row("first byte", all.latencies().firstByte()));
        }
        if (all.latencies().gap().getTotalCount() > 0) {
            terminal.line(row("gap", all.latencies().gap()));
        }
        terminal.line(row("lag", all.latencies().lag()));
        if (all.latencies().connect().getTotalCount() > 0) {
            terminal.line(row("connect", all.latencies().connect()));
        }
        terminal.line("milliseconds; response counts from when a request was due, service from when it was sent");
        terminal.line("");
        histogram(terminal);
        terminal.line("");
        terminal.line(String.format(
                Locale.ROOT,
                "%,d requests in %.2f s, %,.1f/s%s; %s read, %s written",
                counts.total(),
                seconds(),
                counts.total() / seconds(),
                result.due() == 0 ? "" : String.format(Locale.ROOT, " of %,.1f/s", result.due() / seconds()),
                bytes(counts.bytesIn()),
                bytes(counts.bytesOut())));
        if (events() > 0) {
            terminal.line(String.format(Locale.ROOT, "%,d events of streams, %,.1f/s", events(), events() / seconds()));
        }
        terminal.line(String.format(
                Locale.ROOT,
                "%,d connections made; the generator was busy for %.0f %% of the time",
                counts.connects(),
                100 * result.busy()));
        errors(terminal);
        result.stopped().ifPresent(why -> terminal.line(terminal.yellow("ended early: " + why)));
        faults.forEach(fault -> terminal.line(terminal.yellow("invalid: " + fault)));
    }

    String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("url", url);
        object.put("seconds", seconds());
        object.put("seed", seed);
        object.put("due", result.due());
        object.put("requests", all.counts().total());
        object.put("answered", all.counts().answered());
        object.put("sent", all.counts().sent());
        object.put("perSecond", all.counts().total() / seconds());
        object.put("errors", errorsByKind());
        object.put("bytesIn", all.counts().bytesIn());
        object.put("bytesOut", all.counts().bytesOut());
        object.put("connections", all.counts().connects());
        if (events() > 0) {
            object.put("events", events());
            object.put("eventsPerSecond", events() / seconds());
        }
        object.put("busy", result.busy());
        object.put("lost", result.lost());
        object.put("valid", faults.isEmpty());
        object.put("invalid", faults);
        result.stopped().ifPresent(why -> object.put("stopped", why));
        Map<String, Object> latencies = new LinkedHashMap<>();
        latencies.put("response", percentiles(all.latencies().response()));
        latencies.put("service", percentiles(all.latencies().service()));
        latencies.put("firstByte", percentiles(all.latencies().firstByte()));
        latencies.put("gap", percentiles(all.latencies().gap()));
        latencies.put("lag", percentiles(all.latencies().lag()));
        latencies.put("late", percentiles(all.latencies().late()));
        latencies.put("connect", percentiles(all.latencies().connect()));
        object.put("milliseconds", latencies);
        return new JsonMapper().writeValueAsString(object);
    }

    private void errors(Terminal terminal) {
        Counts counts = all.counts();
        if (counts.failed() == 0) {
            return;
        }
        terminal.line(terminal.red(String.format(
                Locale.ROOT,
                "%,d errors, %.3f %%, where %s %% are allowed",
                counts.failed(),
                100 * counts.errorShare(),
                allowed == 0 ? "0" : String.format(Locale.ROOT, "%.3f", 100 * allowed))));
        new TreeMap<>(counts.errors())
                .forEach((kind, count) -> terminal.line(String.format(
                        Locale.ROOT,
                        "  %-12s %,9d  %s",
                        kind.label(),
                        count,
                        counts.examples().getOrDefault(kind, ""))));
    }

    /// Draws how many requests took how long, in steps of powers of two.
    private void histogram(Terminal terminal) {
        AbstractHistogram response = all.latencies().response();
        if (response.getTotalCount() == 0) {
            return;
        }
        int first = 63 - Long.numberOfLeadingZeros(Math.max(1, response.getMinNonZeroValue()));
        int last = 63 - Long.numberOfLeadingZeros(Math.max(1, response.getMaxValue()));
        first = Math.max(first, last - 20);
        long[] counts = new long[last - first + 1];
        for (var value : response.recordedValues()) {
            int place = 63 - Long.numberOfLeadingZeros(Math.max(1, value.getValueIteratedTo()));
            counts[Math.max(0, place - first)] += value.getCountAddedInThisIterationStep();
        }
        long most = Arrays.stream(counts).max().orElse(1);
        for (int i = 0; i < counts.length; i++) {
            int length = (int) Math.ceil((double) BAR * counts[i] / most);
            terminal.line(String.format(
                    Locale.ROOT,
                    "%10.3f to %10.3f ms %,12d %s",
                    Math.scalb(1.0, first + i) / 1e6,
                    Math.scalb(1.0, first + i + 1) / 1e6,
                    counts[i],
                    "▇".repeat(length)));
        }
    }

    private Map<String, Long> errorsByKind() {
        Map<String, Long> kinds = new LinkedHashMap<>();
        new TreeMap<>(all.counts().errors()).forEach((kind, count) -> kinds.put(kind.label(), count));
        return kinds;
    }

    private static Map<String, Object> percentiles(AbstractHistogram histogram) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", histogram.getTotalCount());
        for (double percentile : PERCENTILES) {
            String name = percentile == 100
                    ? "max"
                    : "p" + String.format(Locale.ROOT, "%s", percentile).replaceFirst("\\.0$", "");
            values.put(name, histogram.getValueAtPercentile(percentile) / 1e6);
        }
        return values;
    }

    private static String row(String name, AbstractHistogram histogram) {
        String[] cells = new String[PERCENTILES.length];
        for (int i = 0; i < cells.length; i++) {
            double millis = histogram.getValueAtPercentile(PERCENTILES[i]) / 1e6;
            cells[i] = String.format(Locale.ROOT, millis < 100 ? "%.3f" : "%.1f", millis);
        }
        return row(name, cells);
    }

    private static String row(String name, String... cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-11s", name));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "%10s", cell));
        }
        return row.toString();
    }

    /// Returns how many events streams brought: before each but the first lies a gap. 0 if nothing
    /// was streamed.
    private long events() {
        long gaps = all.latencies().gap().getTotalCount();
        return gaps == 0 ? 0 : gaps + all.latencies().firstByte().getTotalCount();
    }

    private double seconds() {
        return Math.max(1e-9, result.lasted().toNanos() / 1e9);
    }

    private static String bytes(long count) {
        return count < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", count / 1024.0)
                : String.format(Locale.ROOT, "%,.1f MiB", count / 1048576.0);
    }

    private static Duration nanos(AbstractHistogram histogram, double percentile) {
        return Duration.ofNanos(histogram.getValueAtPercentile(percentile));
    }
}
