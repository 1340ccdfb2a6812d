package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event.LoadInterval;
import dev.verdict.load.HistogramLog;
import dev.verdict.load.Interval;
import dev.verdict.load.IntervalCsv;
import dev.verdict.load.LoadJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what a run's loads measured as files for other tools.
final class LoadFiles {
    private LoadFiles() {}

    /// Writes two files for each load, in place of those that are there; returns them.
    ///
    /// @throws UsageException if the run had no load
    static List<Path> write(List<Entry> entries, Path folder) throws IOException {
        Map<String, List<Entry>> byLoad = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.event() instanceof LoadInterval interval) {
                byLoad.computeIfAbsent(interval.scenario(), _ -> new ArrayList<>())
                        .add(entry);
            }
        }
        if (byLoad.isEmpty()) {
            throw new UsageException("the run had no load; --loads has nothing to write");
        }
        Files.createDirectories(folder);
        List<Path> written = new ArrayList<>();
        for (Map.Entry<String, List<Entry>> load : byLoad.entrySet()) {
            String name = load.getKey().replaceAll("[^A-Za-z0-9._-]+", "-");
            Path log = folder.resolve(name + ".hlog");
            Path csv = folder.resolve(name + ".csv");
            write(load.getValue(), log, csv);
            written.add(log);
            written.add(csv);
        }
        return written;
    }

    private static void write(List<Entry> told, Path log, Path csv) throws IOException {
        try (HistogramLog seconds = HistogramLog.create(log, began(told.getFirst()));
                IntervalCsv rows = IntervalCsv.create(csv)) {
            for (Entry entry : told) {
                List<Interval> interval = List.of(LoadJournal.interval((LoadInterval) entry.event()));
                seconds.write(interval);
                rows.write(interval);
            }
        }
    }

    /// An interval is told when it is over.
    private static Instant began(Entry first) {
        LoadInterval interval = (LoadInterval) first.event();
        return first.at().minus(interval.start()).minus(interval.length());
    }
}
