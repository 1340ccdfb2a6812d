package dev.verdict.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Reads a log that may be large and may still grow, piece by piece and only whole lines, and
/// remembers how far it came.
final class LogReader {
    /// Larger than the longest line that a log can hold.
    private static final int PIECE = 1024 * 1024;

    private static final int TIME = "2026-01-01T00:00:00.000Z".length();

    private final String service;
    private final Path file;
    private final Deque<String> lines = new ArrayDeque<>();
    private long position;

    LogReader(String service, Path file) {
        this.service = service;
        this.file = file;
    }

    String service() {
        return service;
    }

    /// Returns whether there is a next line by now.
    boolean hasLine() throws IOException {
        if (lines.isEmpty()) {
            read();
        }
        return !lines.isEmpty();
    }

    /// Returns the next line's time, which sorts as text.
    String time() {
        String line = lines.getFirst();
        return line.substring(0, Math.min(TIME, line.length()));
    }

    /// Returns the next line and goes on to the one behind it.
    String take() {
        return lines.removeFirst();
    }

    private void read() throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.clamp(in.length() - position, 0, PIECE)];
            in.seek(position);
            in.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end > 0) {
                position += end;
                String text = new String(bytes, 0, end - 1, StandardCharsets.UTF_8);
                lines.addAll(Arrays.asList(text.split("\n", -1)));
            }
        }
    }
}
