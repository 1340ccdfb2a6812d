package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.JournalTail;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Prints the logs of several services as one, by time.
final class LogView {
    private static final Duration POLL = Duration.ofMillis(100);

    private final RunFolder folder;
    private final Terminal terminal;
    private final List<LogReader> logs;
    private final int width;

    LogView(RunFolder folder, List<String> services, Terminal terminal) {
        this.folder = folder;
        this.terminal = terminal;
        this.logs = services.stream()
                .map(service -> new LogReader(service, folder.log(service)))
                .toList();
        this.width = services.stream().mapToInt(String::length).max().orElse(0);
    }

    /// Prints the whole lines that are new since the last call.
    void printNew() throws IOException {
        for (Optional<LogReader> next = earliest(); next.isPresent(); next = earliest()) {
            LogReader log = next.get();
            String service = ("%-" + Math.max(1, width) + "s").formatted(log.service());
            terminal.out().println(terminal.bold(service) + " " + log.take());
        }
        terminal.out().flush();
    }

    private Optional<LogReader> earliest() throws IOException {
        LogReader earliest = null;
        for (LogReader log : logs) {
            if (log.hasLine() && (earliest == null || log.time().compareTo(earliest.time()) < 0)) {
                earliest = log;
            }
        }
        return Optional.ofNullable(earliest);
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
}
