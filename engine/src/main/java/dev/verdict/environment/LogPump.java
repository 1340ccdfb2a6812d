package dev.verdict.environment;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Carries one output stream of a process into its service's log.
///
/// The stream is a named pipe of our own: the JDK closes its pipes when the process exits, which
/// would end a child that stayed behind and writes, and so hide the very leftover to be found.
final class LogPump implements AutoCloseable {
    /// Bounds what is held of a line, so that a stream without line ends cannot fill the memory.
    private static final int MAX_HELD = 4 * ServiceLog.MAX_LINE;

    private final File pipe;
    private final RandomAccessFile keeper;
    private final InputStream in;
    private final Thread thread;
    private final String stream;
    private final ServiceLog log;

    /// Makes a pipe at each path, which must not exist.
    static void makePipes(List<Path> paths) throws InterruptedException {
        try {
            for (Path path : paths) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                Files.deleteIfExists(path);
            }
            List<String> command = new ArrayList<>(List.of("mkfifo", "-m", "600"));
            paths.forEach(path -> command.add(path.toString()));
            Process mkfifo = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
                mkfifo.destroyForcibly();
                throw new EnvironmentException("named pipes cannot be made in %s: does its file system have them?"
                        .formatted(paths.getFirst().getParent()));
            }
        } catch (IOException e) {
            throw new EnvironmentException("named pipes cannot be made: " + e.getMessage(), e);
        }
    }

    /// Starts to read the pipe. It stays open, with or without writers, until [#release].
    LogPump(Path pipe, String stream, ServiceLog log) {
        this.pipe = pipe.toFile();
        this.stream = stream;
        this.log = log;
        try {
            // Opened for both ends first: opening a pipe for one end waits for the other.
            this.keeper = new RandomAccessFile(this.pipe, "rw");
            this.in = Files.newInputStream(pipe);
        } catch (IOException e) {
            throw new EnvironmentException("the log's pipe cannot be opened: " + e.getMessage(), e);
        }
        // A platform thread: bytes are moved, and a blocked read would hold a carrier thread.
        this.thread =
                Thread.ofPlatform().daemon().name("log-" + pipe.getFileName()).start(this::run);
    }

    ProcessBuilder.Redirect target() {
        return ProcessBuilder.Redirect.to(pipe);
    }

    /// Leaves the pipe to the process and its children: it ends when the last of them has closed
    /// it.
    void release() {
        try {
            keeper.close();
            Files.deleteIfExists(pipe.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException("the log's pipe cannot be released", e);
        }
    }

    /// Waits until everything written so far is in the log, as far as that can be known: until the
    /// stream ends, or for at most `limit` while a child keeps it open.
    void drain(Duration limit) throws InterruptedException {
        thread.join(limit);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void run() {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long cut = 0;
        try (in) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        tell(line, cut);
                        cut = 0;
                    } else if (line.size() < MAX_HELD) {
                        line.write(buffer[i]);
                    } else {
                        cut++;
                    }
                }
                log.flush();
            }
        } catch (IOException e) {
            log.accept("err", "[verdict: the %s stream broke: %s]".formatted(stream, e.getMessage()), 0);
        }
        if (line.size() > 0) {
            tell(line, cut);
        }
        log.flush();
    }

    private void tell(ByteArrayOutputStream line, long cut) {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        log.accept(stream, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text, cut);
    }
}
