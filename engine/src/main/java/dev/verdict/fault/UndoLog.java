package dev.verdict.fault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Writes down what undoes each fault before it acts: one JSON object a line, each forced to the
/// disk before it counts.
final class UndoLog implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    // Not a channel: an interrupted thread that writes to a channel closes it for everyone.
    private final RandomAccessFile file;

    private UndoLog(RandomAccessFile file) {
        this.file = file;
    }

    /// Opens a log for appending; a line that was cut off by a crash is cut away first.
    static UndoLog open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            int end = wholeLines(Files.readAllBytes(path));
            file.setLength(end);
            file.seek(end);
            return new UndoLog(file);
        } catch (IOException e) {
            throw new FaultException("the undo log %s cannot be written: %s".formatted(path, e), e);
        }
    }

    /// Appends an entry; when this returns, it survives a crash of Verdict and of the machine.
    synchronized void append(UndoEntry entry) {
        byte[] line =
                (JSON.writerFor(UndoEntry.class).writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            file.write(line);
            file.getFD().sync();
        } catch (IOException e) {
            throw new FaultException("the undo log cannot be written: " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new FaultException("the undo log cannot be closed: " + e, e);
        }
    }

    /// Returns the faults that were announced and are not known to be undone, in the order of their
    /// start; none if there is no log.
    ///
    /// @throws FaultException if a line cannot be understood: what it announces cannot be undone
    static List<UndoEntry.Announced> pending(Path path) {
        Map<String, UndoEntry.Announced> pending = new LinkedHashMap<>();
        if (!Files.exists(path)) {
            return List.of();
        }
        try {
            byte[] bytes = Files.readAllBytes(path);
            String lines = new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8);
            for (String line : lines.lines().toList()) {
                switch (JSON.readValue(line, UndoEntry.class)) {
                    case UndoEntry.Announced announced -> pending.put(announced.id(), announced);
                    case UndoEntry.Undone undone -> pending.remove(undone.id());
                }
            }
        } catch (IOException | JacksonException e) {
            throw new FaultException("the undo log %s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
        return List.copyOf(pending.values());
    }

    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
