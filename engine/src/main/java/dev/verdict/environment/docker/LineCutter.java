package dev.verdict.environment.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Cuts what a container writes into lines. Not for use by several threads.
final class LineCutter {
    /// Bounds what is held of a line, so that a stream without line ends cannot fill the memory.
    private static final int MAX_HELD = 64 * 1024;

    private final ContainerOutput output;
    private final Map<String, Line> lines = new LinkedHashMap<>();

    LineCutter(ContainerOutput output) {
        this.output = output;
    }

    private static final class Line {
        final ByteArrayOutputStream held = new ByteArrayOutputStream();
        long cut;
    }

    void take(String stream, byte[] buffer, int length) {
        take(stream, buffer, 0, length);
    }

    void take(String stream, byte[] buffer, int start, int length) {
        Line line = lines.computeIfAbsent(stream, name -> new Line());
        int from = start;
        for (int i = start; i < length; i++) {
            if (buffer[i] == '\n') {
                hold(line, buffer, from, i);
                tell(stream, line);
                from = i + 1;
            }
        }
        hold(line, buffer, from, length);
        output.flush();
    }

    private static void hold(Line line, byte[] buffer, int from, int to) {
        int fits = Math.min(to - from, MAX_HELD - line.held.size());
        line.held.write(buffer, from, fits);
        line.cut += to - from - fits;
    }

    /// Tells what was written without an end of line.
    void end() {
        lines.forEach((stream, line) -> {
            if (line.held.size() > 0) {
                tell(stream, line);
            }
        });
        output.flush();
    }

    private void tell(String stream, Line line) {
        String text = line.held.toString(StandardCharsets.UTF_8);
        long cut = line.cut;
        line.held.reset();
        line.cut = 0;
        output.accept(stream, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, cut);
    }
}
