package dev.verdict.consistency;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Is how a history is written down; docs/histories.md describes each.
public enum HistoryFormat {
    /// One JSON object a line, with `process`, `type`, `f`, `key`, `value` and `time`.
    NDJSON,
    /// Jepsen's: EDN maps one after the other, or in one vector or list.
    EDN,
    /// Jepsen's log as Porcupine keeps it: process, type, function and value in a line of a log.
    LOG;

    private static final int PEEK = 4096;

    /// Returns the format's name as users write it.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Tells a history's format from how it begins, and leaves the stream where it is.
    ///
    /// @param in a stream that supports `mark`
    /// @throws HistoryException if it begins like none of them
    public static HistoryFormat of(BufferedInputStream in) throws IOException {
        in.mark(PEEK);
        byte[] begin = in.readNBytes(PEEK);
        in.reset();
        String text = new String(begin, StandardCharsets.UTF_8).stripLeading();
        if (text.startsWith("INFO")) {
            return LOG;
        }
        if (text.startsWith("{")) {
            return text.substring(1).stripLeading().startsWith("\"") ? NDJSON : EDN;
        }
        if (text.isEmpty() || "[(#;".indexOf(text.charAt(0)) >= 0) {
            return EDN;
        }
        throw new HistoryException(1, "this begins like no history; --format can say what it is: ndjson, edn or log");
    }

    /// Reads a history as a stream: only its operations are kept.
    ///
    /// @param keyed whether each EDN value is a pair of a key and a value, as `jepsen.independent`
    ///     makes them
    /// @throws HistoryException if it is malformed, or cannot have happened
    public History read(InputStream in, boolean keyed) throws IOException {
        return switch (this) {
            case NDJSON -> NdjsonHistory.read(in);
            case EDN -> new EdnHistory(in, keyed).read();
            case LOG -> LogHistory.read(in);
        };
    }
}
