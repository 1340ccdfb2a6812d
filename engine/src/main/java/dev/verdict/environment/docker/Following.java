package dev.verdict.environment.docker;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;

/// Takes the log of one life of a container, and knows how far it came: an engine may end a log
/// that is followed before it gave the last of it. Not for use by several threads at once.
final class Following {
    /// How many messages are remembered. Those of the two streams may stand in the engine's file in
    /// another order than that of their times, but only neighbours do.
    private static final int REMEMBERED = 64;

    private final LineCutter cutter;
    private final boolean tty;
    private final Deque<Message> recent = new ArrayDeque<>();
    /// The latest time among those that are no longer remembered.
    private String before = "";

    private record Message(String time, String stream) {}

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
            recent.addLast(new Message(new String(buffer, 0, space, StandardCharsets.US_ASCII), stream));
            if (recent.size() > REMEMBERED) {
                String forgotten = recent.removeFirst().time();
                before = forgotten.compareTo(before) > 0 ? forgotten : before;
            }
        }
        cutter.take(stream, buffer, space + 1, length);
    }

    /// Takes a message of the log as it is read again since [#since], unless it came before.
    void takeAgain(String stream, byte[] buffer, int length) {
        String time = new String(buffer, 0, Math.max(0, space(buffer, length)), StandardCharsets.US_ASCII);
        boolean came = time.compareTo(before) <= 0 || recent.remove(new Message(time, stream));
        if (!came) {
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
        return recent.isEmpty();
    }

    /// Returns from when the log is to be read again, as the engine wants it; 0 for its beginning.
    String since() {
        String first = before.isEmpty()
                ? recent.stream()
                        .map(Message::time)
                        .min(Comparator.naturalOrder())
                        .orElse("")
                : before;
        if (first.isEmpty()) {
            return "0";
        }
        Instant time = Instant.parse(first);
        return "%d.%09d".formatted(time.getEpochSecond(), time.getNano());
    }

    /// Tells what was written without an end of line.
    void end() {
        cutter.end();
    }
}
