package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.JournalTail;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges the logs of several services by time, and remembers how far it has read each.
final class LogView {
    private static final int LARGEST_READ = 16 * 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(100);

    private record Line(String service, String text) {}

    private final RunFolder folder;
    private final Terminal terminal;
    private final Map<String, Long> read = new LinkedHashMap<>();
    private final int width;

    LogView(RunFolder folder, List<String> services, Terminal terminal) {
        this.folder = folder;
        this.terminal = terminal;
        services.forEach(service -> read.put(service, 0L));
        this.width = services.stream().mapToInt(String::length).max().orElse(0);
    }

    /// Prints the whole lines that are new since the last call.
    boolean printNew() throws IOException {
        List<Line> lines = new ArrayList<>();
        for (String service : read.keySet()) {
            newLines(service).forEach(text -> lines.add(new Line(service, text)));
        }
        lines.sort(Comparator.comparing(
                line -> line.text().substring(0, Math.min(24, line.text().length()))));
        for (Line line : lines) {
            terminal.out()
                    .println(terminal.bold(("%-" + Math.max(1, width) + "s").formatted(line.service())) + " "
                            + line.text());
        }
        terminal.out().flush();
        return !lines.isEmpty();
    }

    /// Goes on until the run's journal ends.
    void follow() throws IOException, InterruptedException {
        try (JournalTail tail = JournalTail.open(folder.journal())) {
            while (!tail.ended()) {
                Optional<Entry> entry = tail.next(POLL);
                if (entry.isEmpty()) {
                    printNew();
                }
            }
            printNew();
        }
    }

    private List<String> newLines(String service) throws IOException {
        Path file = folder.log(service);
        long from = read.getOrDefault(service, 0L);
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int available = (int) Math.min(LARGEST_READ, in.length() - from);
            byte[] bytes = new byte[Math.max(0, available)];
            in.seek(from);
            in.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n') + 1;
            String whole = text.substring(0, end);
            read.put(service, from + whole.getBytes(StandardCharsets.UTF_8).length);
            return whole.lines().toList();
        }
    }
}
