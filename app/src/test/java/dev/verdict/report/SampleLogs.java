package dev.verdict.report;

import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the sample's log lines and writes them as the environment would.
final class SampleLogs {
    private record Line(double at, String stream, String text) {}

    private final Map<String, List<Line>> lines = new LinkedHashMap<>();

    void out(String service, double at, String text) {
        add(service, new Line(at, "out", text));
    }

    void err(String service, double at, String text) {
        add(service, new Line(at, "err", text));
    }

    private void add(String service, Line line) {
        lines.computeIfAbsent(service, _ -> new ArrayList<>()).add(line);
    }

    void write(RunFolder folder) throws IOException {
        Files.createDirectories(folder.root().resolve("logs"));
        for (Map.Entry<String, List<Line>> entry : lines.entrySet()) {
            List<String> text = entry.getValue().stream()
                    .sorted(Comparator.comparingDouble(Line::at))
                    .map(line -> SampleRun.START
                                    .plusNanos(Math.round(line.at() * 1e6))
                                    .truncatedTo(ChronoUnit.MILLIS)
                            + " " + line.stream() + " " + line.text())
                    .toList();
            Files.write(folder.log(entry.getKey()), text);
        }
    }
}
