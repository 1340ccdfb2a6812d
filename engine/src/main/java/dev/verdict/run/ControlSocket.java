package dev.verdict.run;

import dev.verdict.fault.Faults;
import dev.verdict.fault.Faults.Active;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.PlanException;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.run.Control.Answer;
import dev.verdict.run.Control.Question;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/// Answers what other processes ask of a living run; see [Control].
final class ControlSocket implements AutoCloseable {
    /// Longest path of a Unix domain socket, in bytes.
    private static final int LONGEST = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_A_TIME = 8;
    private static final String BY_HAND = "hand";

    private final Faults faults;
    private final RunFolder folder;
    private final Journal journal;
    private final Path directory;
    private final ServerSocketChannel listener;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    private ControlSocket(Faults faults, RunFolder folder, Journal journal) throws IOException {
        this.faults = faults;
        this.folder = folder;
        this.journal = journal;
        this.directory = directory(folder);
        this.listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Path socket = directory.resolve("socket");
        listener.bind(UnixDomainSocketAddress.of(socket));
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(Control.pointer(folder), socket + "\n");
        Thread.ofVirtual().name("control of " + folder.id()).start(this::accept);
    }

    /// Begins to listen; a run that cannot be asked goes on without.
    static Optional<ControlSocket> open(Faults faults, RunFolder folder, Journal journal) {
        try {
            return Optional.of(new ControlSocket(faults, folder, journal));
        } catch (IOException e) {
            journal.emit(new Event.HarnessFailed("run", "the run cannot be asked from outside: " + e.getMessage()));
            return Optional.empty();
        }
    }

    /// Makes a folder that only this user can enter: in the run's own, unless that has too long a
    /// path for a socket.
    private static Path directory(RunFolder folder) throws IOException {
        FileAttribute<?> mine = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path near = folder.root().resolve("asked");
        boolean fits = near.resolve("socket").toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
        return fits ? Files.createDirectory(near, mine) : Files.createTempDirectory("verdict-", mine);
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = listener.accept();
                if (places.tryAcquire()) {
                    Thread.ofVirtual().name("question").start(() -> serve(channel));
                } else {
                    channel.close();
                }
            } catch (ClosedChannelException e) {
                return; // close() ends the run's answers
            } catch (IOException e) {
                journal.emit(new Event.HarnessFailed("run", "the run answers no more: " + e.getMessage()));
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            Question question = read(channel);
            Control.send(channel, answer(question));
        } catch (IOException | JacksonException e) {
            // Who asks must hear; who does not ask properly is nobody of ours.
            return;
        } finally {
            places.release();
        }
    }

    /// Reads the question, and hangs up on somebody who does not ask.
    private static Question read(SocketChannel channel) throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        Thread.ofVirtual().name("patience").start(() -> {
            try {
                if (!asked.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    channel.close();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread, and closing cannot fail", e);
            }
        });
        try {
            return Control.question(channel);
        } finally {
            asked.countDown();
        }
    }

    private Answer answer(Question question) {
        try {
            return switch (question.act()) {
                case "list" -> new Answer("", list());
                case "inject" -> inject(ScheduledFault.parse(question.subject()));
                case "undo" -> undo(question.subject());
                case "undoAll" -> {
                    List<Control.Acting> all = list();
                    faults.undoAll();
                    yield new Answer("", all);
                }
                default -> Answer.failed("this Verdict cannot '%s'".formatted(question.act()));
            };
        } catch (PlanException e) {
            return Answer.failed(e.problems().getFirst().message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failed("interrupted");
        } catch (RuntimeException e) {
            return Answer.failed(String.valueOf(e.getMessage()));
        }
    }

    private Answer inject(ScheduledFault fault) throws InterruptedException {
        Optional<Duration> lasting = fault.lasting();
        String id = lasting.filter(Duration::isPositive).isPresent()
                ? faults.injectFor(fault.fault(), fault.target(), BY_HAND, lasting.get())
                : faults.inject(fault.fault(), fault.target(), BY_HAND);
        List<Control.Acting> mine =
                list().stream().filter(acting -> acting.id().equals(id)).toList();
        if (lasting.filter(Duration::isZero).isPresent()) {
            faults.undo(id);
        }
        return new Answer("", mine);
    }

    private Answer undo(String id) throws InterruptedException {
        List<Control.Acting> mine =
                list().stream().filter(acting -> acting.id().equals(id)).toList();
        if (mine.isEmpty()) {
            return Answer.failed("no fault %s acts; `verdict fault list` shows those that do".formatted(id));
        }
        faults.undo(id);
        return new Answer("", mine);
    }

    private List<Control.Acting> list() {
        return faults.list().stream().map(ControlSocket::acting).toList();
    }

    private static Control.Acting acting(Active active) {
        return new Control.Acting(
                active.id(),
                active.fault().kind(),
                active.target().toString(),
                active.fault().summary(),
                active.by(),
                active.since().toString());
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(Control.pointer(folder));
            listener.close();
            Files.deleteIfExists(directory.resolve("socket"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            journal.emit(new Event.HarnessFailed("run", "the run's socket is still there: " + e.getMessage()));
        }
    }
}
