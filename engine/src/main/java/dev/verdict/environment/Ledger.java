package dev.verdict.environment;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes down what a run owns, one JSON object a line, each forced to the disk before it counts.
final class Ledger implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    // Not a channel: an interrupted thread that writes to a channel closes it for everyone.
    private final RandomAccessFile file;

    private Ledger(RandomAccessFile file) {
        this.file = file;
    }

    /// Opens a ledger for appending; a line that was cut off by a crash is cut away first.
    static Ledger open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            int end = wholeLines(Files.readAllBytes(path));
            file.setLength(end);
            file.seek(end);
            return new Ledger(file);
        } catch (IOException e) {
            throw new EnvironmentException("the ledger " + path + " cannot be written: " + e, e);
        }
    }

    /// Appends an entry; when this returns, it survives a crash of Verdict and of the machine.
    synchronized void append(LedgerEntry entry) {
        byte[] line =
                (JSON.writerFor(LedgerEntry.class).writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            file.write(line);
            file.getFD().sync();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be closed", e);
        }
    }

    /// Holds what a ledger says.
    ///
    /// @param unreadable lines that are not entries, the torn last one aside
    record Content(List<LedgerEntry> entries, int unreadable) {
        Content {
            entries = List.copyOf(entries);
        }

        /// Tells whether the run's things are known to be gone.
        boolean closed() {
            return entries.stream()
                    .anyMatch(entry ->
                            entry instanceof LedgerEntry.RunReleased || entry instanceof LedgerEntry.RunRecovered);
        }

        Optional<LedgerEntry.RunOwned> owned() {
            return all(LedgerEntry.RunOwned.class).stream().findFirst();
        }

        <E extends LedgerEntry> List<E> all(Class<E> kind) {
            return entries.stream().filter(kind::isInstance).map(kind::cast).toList();
        }
    }

    /// Reads a ledger up to its last whole line.
    static Content read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<LedgerEntry> entries = new ArrayList<>();
        int unreadable = 0;
        for (String line : new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                entries.add(JSON.readValue(line, LedgerEntry.class));
            } catch (JacksonException e) {
                // Damaged by a crash of the machine, or of a newer Verdict: the others count.
                unreadable++;
            }
        }
        return new Content(entries, unreadable);
    }

    private static int wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
