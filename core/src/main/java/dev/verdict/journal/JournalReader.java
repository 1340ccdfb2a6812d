package dev.verdict.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Reads a journal entry by entry, as far as it has whole lines.
public final class JournalReader implements AutoCloseable {
    private static final JournalLine LINE = new JournalLine();

    private final Path journal;
    private final Lines lines;
    private long seq;
    private boolean ended;

    private JournalReader(Path journal, InputStream in) {
        this.journal = journal;
        this.lines = new Lines(in);
    }

    /// Opens a journal to be read from its beginning.
    ///
    /// @throws JournalException if it cannot be opened
    public static JournalReader open(Path journal) {
        try {
            return new JournalReader(journal, Files.newInputStream(journal));
        } catch (IOException e) {
            throw new JournalException("cannot read " + journal + ": " + e, e);
        }
    }

    /// Reads a whole journal.
    ///
    /// @throws JournalException if it cannot be read, or a line but the torn last one is damaged
    public static JournalFile read(Path journal) {
        try (JournalReader reader = open(journal)) {
            List<Entry> entries = new ArrayList<>();
            for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                entries.add(next.get());
            }
            return new JournalFile(entries, reader.torn(), reader.ended());
        }
    }

    /// Reads the next entry; empty if there is no further whole line now. A journal that is still
    /// written may have one later.
    ///
    /// @throws JournalException if the line is damaged: no JSON, no entry, or out of order
    public Optional<Entry> next() {
        try {
            if (!lines.next()) {
                return Optional.empty();
            }
            Entry entry = LINE.read(lines.bytes(), lines.start(), lines.length());
            if (entry.seq() <= seq) {
                throw new IllegalArgumentException("seq %d follows %d".formatted(entry.seq(), seq));
            }
            seq = entry.seq();
            ended = entry.event() instanceof Event.RunEnded;
            return Optional.of(entry);
        } catch (JacksonException e) {
            throw damaged(e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new JournalException("cannot read " + journal + ": " + e, e);
        }
    }

    /// Returns what stands behind the last whole line, once [#next] has answered empty.
    public Optional<String> torn() {
        return Optional.of(lines.rest()).filter(rest -> !rest.isEmpty());
    }

    /// Tells whether the last entry read was the run's end.
    public boolean ended() {
        return ended;
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new JournalException("cannot close " + journal + ": " + e, e);
        }
    }

    private JournalException damaged(String why, Exception cause) {
        return new JournalException("%s:%d: damaged line: %s".formatted(journal, lines.number(), why), cause);
    }
}
