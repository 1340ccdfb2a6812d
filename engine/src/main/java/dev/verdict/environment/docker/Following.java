package dev.verdict.environment.docker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Takes the log of one life of a container, and knows how far it came: an engine may end a log
/// that is followed before it gave the last of it. Not for use by several threads at once.
final class Following {
    private final LineCutter cutter;
    private final boolean tty;
    private String last = "";
    private int atLast;
    private int again;

    /// Begins with an empty log.
    ///
    /// @param tty whether the log comes without its times
    Following(ContainerOutput output, boolean tty) {
        this.cutter = new LineCutter(output);
        this.tty = tty;
    }

    /// Takes a message: its time, a space, and what was written.
    void take(String stream, byte[] buffer, int length) {
        int space = tty ? -1 : space(buffer, length);
        if (space > 0) {
            String time = new String(buffer, 0, space, StandardCharsets.US_ASCII);
            atLast = time.equals(last) ? atLast + 1 : 1;
            last = time;
        }
        cutter.take(stream, buffer, space + 1, length);
    }

    /// Takes a message of the log as it is read again from the time of the last that came.
    void takeAgain(String stream, byte[] buffer, int length) {
        String time = new String(buffer, 0, Math.max(0, space(buffer, length)), StandardCharsets.US_ASCII);
        int order = time.compareTo(last);
        if (order > 0 || (order == 0 && ++again > atLast)) {
            cutter.take(stream, buffer, time.length() + 1, length);
        }
    }

    private static int space(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            if (buffer[i] == ' ') {
                return i;
            }
        }
        return -1;
    }

    boolean empty() {
        return last.isEmpty();
    }

    /// Returns when the last message was written, as the engine wants it; 0 for none.
    String since() {
        if (last.isEmpty()) {
            return "0";
        }
        Instant time = Instant.parse(last);
        return "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }

    /// Tells what was written without an end of line.
    void end() {
        cutter.end();
    }
}
