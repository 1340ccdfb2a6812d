package dev.verdict.journal;

import java.util.List;
import java.util.Optional;

/// Is a journal as it was read.
///
/// @param entries every whole line, in order
/// @param torn the beginning of a last line that was cut off, if there is one
/// @param ended whether its last event is `RunEnded`; otherwise the run was cut off or still runs
public record JournalFile(List<Entry> entries, Optional<String> torn, boolean ended) {
    public JournalFile {
        entries = List.copyOf(entries);
    }

    /// Returns how many entries are missing between the first place, 1, and the last one's.
    public long missing() {
        return entries.isEmpty() ? 0 : entries.getLast().seq() - entries.size();
    }
}
