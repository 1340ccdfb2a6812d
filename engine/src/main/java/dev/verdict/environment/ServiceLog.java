package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerOutput;
import dev.verdict.journal.Redactor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Keeps what a service writes: a file of lines `TIME out|err TEXT`, and the last lines in memory.
final class ServiceLog implements ContainerOutput, AutoCloseable {
    /// Bounds the file; what comes later is seen by followers but not kept.
    static final long MAX_BYTES = 256L << 20;

    /// Bounds a line of the file, in characters.
    static final int MAX_LINE = 16_384;

    private static final int KEPT_LINES = 50;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private final Redactor redactor;
    private final Clock clock;
    private final long maxBytes;
    private final Consumer<String> failures;
    private final OutputStream file;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<Consumer<LogLine>> followers = new CopyOnWriteArrayList<>();
    private long written;
    private long lines;
    private boolean full;
    private boolean broken;

    /// @param failures is told once, in a sentence, if the file cannot be written any more; the
    ///     service must not notice
    ServiceLog(Path path, Redactor redactor, Clock clock, long maxBytes, Consumer<String> failures) {
        this.failures = failures;
        this.redactor = redactor;
        this.clock = clock;
        this.maxBytes = maxBytes;
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            this.file = new BufferedOutputStream(
                    Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new EnvironmentException("the log %s cannot be written: %s".formatted(path, e), e);
        }
    }

    /// Takes one line.
    ///
    /// @param cutBytes how many bytes of the line were already left out
    @Override
    public synchronized void accept(String stream, String text, long cutBytes) {
        String line = bounded(redactor.redact(text), cutBytes);
        lines++;
        if (last.size() == KEPT_LINES) {
            last.removeFirst();
        }
        last.addLast(line);
        write(stream, line);
        if (followers.isEmpty()) {
            return;
        }
        // Whoever is told of a line may look for it in the file.
        flush();
        LogLine told = new LogLine(stream, line);
        followers.forEach(follower -> follower.accept(told));
    }

    private static String bounded(String line, long cutBytes) {
        int over = Math.max(0, line.length() - MAX_LINE);
        return over + cutBytes == 0
                ? line
                : "%s… [verdict: cut, about %d more]"
                        .formatted(line.substring(0, line.length() - over), over + cutBytes);
    }

    private void write(String stream, String line) {
        if (full) {
            return;
        }
        full = written + line.length() > maxBytes;
        String text = full ? "[verdict: the log reached %d bytes; what follows is not kept]".formatted(maxBytes) : line;
        byte[] bytes = "%s %s %s\n"
                .formatted(TIME.format(clock.instant()), full ? "err" : stream, text)
                .getBytes(StandardCharsets.UTF_8);
        try {
            file.write(bytes);
            written += bytes.length;
        } catch (IOException e) {
            broken(e);
        }
    }

    /// Makes everything taken so far visible to readers of the file.
    @Override
    public synchronized void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            broken(e);
        }
    }

    private void broken(IOException e) {
        if (!broken) {
            broken = true;
            full = true;
            failures.accept("a service's log cannot be written any more: " + e.getMessage());
        }
    }

    /// Returns the last lines, oldest first.
    @Override
    public synchronized List<String> last(int count) {
        return last.stream().skip(Math.max(0, last.size() - count)).toList();
    }

    /// Returns how many lines were written so far.
    synchronized long lines() {
        return lines;
    }

    /// Tells `follower` every later line, in order, until the subscription is closed. It must
    /// return quickly.
    Subscription follow(Consumer<LogLine> follower) {
        followers.add(follower);
        return () -> followers.remove(follower);
    }

    /// Ends a [#follow].
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            broken(e);
        }
    }
}
