package dev.verdict.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what a page should hold of a service's log: its end, the lines around warnings and
/// errors, and the lines told while a scenario ran that did not pass.
final class LogExcerpt {
    /// Bounds what is read from the end of a log: 4 MB.
    static final int READ = 4 << 20;

    private static final int TAIL_LINES = 300;
    private static final int AROUND = 4;
    private static final int MOST_MARKED = 150;
    private static final int MOST_IN_SCENARIOS = 600;
    private static final int LONGEST = 1_000;
    private static final Pattern ERROR = Pattern.compile(
            "\\b(ERROR|FATAL|SEVERE|PANIC|CRITICAL)\\b|\\b(panic|fatal error):|Exception\\b|^Traceback");
    private static final Pattern WARNING = Pattern.compile("\\b(WARN|WARNING)\\b");

    /// Is a stretch of time, both ends in milliseconds since the journal's start.
    record Interval(double start, double end) {
        boolean holds(double at) {
            return at >= start && at <= end;
        }
    }

    private LogExcerpt() {}

    static Optional<Page.Log> of(Path log, String href, Instant start, List<Interval> interesting) {
        if (!Files.isRegularFile(log)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
            long size = channel.size();
            long from = Math.max(0, size - READ);
            List<Page.LogLine> lines = parse(text(channel, from, size), from > 0, start);
            return Optional.of(new Page.Log(href, size, excerpt(lines, kept(lines, interesting), from > 0)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private static String text(FileChannel channel, long from, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) (size - from));
        long position = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    private static List<Page.LogLine> parse(String text, boolean torn, Instant start) {
        List<String> lines = text.lines().toList();
        return lines.subList(torn && !lines.isEmpty() ? 1 : 0, lines.size()).stream()
                .map(line -> line(line, start))
                .toList();
    }

    static Page.LogLine line(String line, Instant start) {
        String[] parts = line.split(" ", 3);
        Optional<Double> at = parts.length == 3 ? time(parts[0], start) : Optional.empty();
        String text = at.isPresent() ? parts[2] : line;
        boolean error = at.isPresent() && parts[1].equals("err");
        return new Page.LogLine(at, error, level(text), Shortened.to(LONGEST, text), 0);
    }

    private static Optional<Double> time(String text, Instant start) {
        try {
            return Optional.of(
                    Millis.of(Duration.between(start, Instant.parse(text)).toNanos()));
        } catch (DateTimeParseException e) {
            // Not every line needs to be one of Verdict's capture.
            return Optional.empty();
        }
    }

    private static String level(String text) {
        if (ERROR.matcher(text).find()) {
            return "error";
        }
        return WARNING.matcher(text).find() ? "warning" : "";
    }

    private static BitSet kept(List<Page.LogLine> lines, List<Interval> interesting) {
        BitSet kept = new BitSet(lines.size());
        kept.set(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        int marked = 0;
        int inScenarios = 0;
        for (int i = lines.size() - 1; i >= 0; i--) {
            Page.LogLine line = lines.get(i);
            if (!line.level().isEmpty() && marked++ < MOST_MARKED) {
                kept.set(Math.max(0, i - AROUND), Math.min(lines.size(), i + AROUND + 1));
            } else if (inScenarios < MOST_IN_SCENARIOS && within(line, interesting)) {
                inScenarios++;
                kept.set(i);
            }
        }
        return kept;
    }

    private static boolean within(Page.LogLine line, List<Interval> interesting) {
        return line.at().isPresent()
                && interesting.stream()
                        .anyMatch(interval -> interval.holds(line.at().get()));
    }

    private static List<Page.LogLine> excerpt(List<Page.LogLine> lines, BitSet kept, boolean more) {
        List<Page.LogLine> excerpt = new ArrayList<>();
        if (more) {
            excerpt.add(gap(-1));
        }
        int next = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            if (i > next) {
                excerpt.add(gap(i - next));
            }
            excerpt.add(lines.get(i));
            next = i + 1;
        }
        return excerpt;
    }

    private static Page.LogLine gap(int count) {
        return new Page.LogLine(Optional.empty(), false, "", "", count);
    }
}
