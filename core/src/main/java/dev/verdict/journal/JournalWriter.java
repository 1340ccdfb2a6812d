package dev.verdict.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes a journal: any number of threads tell, one thread writes.
///
/// An emitter turns its event into JSON, then takes its place in a buffer of bounded size; where
/// the event asks for more (see `Durability`), it waits until the writer has carried the buffer to
/// the operating system or the disk. An interrupted emitter tells its event all the same and stays
/// interrupted. After a failure to write, every `emit` and `close` throws: the run has no evidence
/// any more.
public final class JournalWriter implements Journal, AutoCloseable {
    /// How long a batched event may stay in memory.
    public static final Duration BATCH_DELAY = Duration.ofMillis(20);

    /// Bytes that may wait for the disk; holds at least two lines.
    private static final int CAPACITY = 4 * EventJson.MAX_LINE;

    /// Bytes that are written without waiting for more.
    private static final int BATCH = 64 << 10;

    private final FileChannel file;
    private final EventJson json;
    private final Clock clock;
    private final long start = System.nanoTime();
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Condition written = lock.newCondition();
    private LineBuffer waiting = new LineBuffer();
    private LineBuffer writing = new LineBuffer();
    private long lastTold;
    private long lastTaken;
    private long lastWritten;
    private long lastForced;
    private Durability asked = Durability.BATCHED;
    private boolean closed;
    private @Nullable Throwable failure;

    JournalWriter(FileChannel file, Redactor redactor, Clock clock) {
        this.file = file;
        this.json = new EventJson(redactor);
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("journal-writer").start(this::write);
    }

    /// Creates the run's folder and its journal.
    ///
    /// @throws JournalException if there is a journal already, or it cannot be created
    public static JournalWriter open(RunFolder folder, Redactor redactor) {
        return open(folder, redactor, Clock.systemUTC());
    }

    /// Creates a journal whose wall time comes from `clock`.
    public static JournalWriter open(RunFolder folder, Redactor redactor, Clock clock) {
        try {
            Files.createDirectories(folder.root());
            var file = FileChannel.open(folder.journal(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new JournalWriter(file, redactor, clock);
        } catch (IOException e) {
            throw new JournalException("cannot create " + folder.journal() + ": " + e, e);
        }
    }

    /// Appends an event.
    ///
    /// @throws JournalException if the journal is closed or could not be written
    @Override
    public void emit(Event event) {
        byte[] line = json.write(event);
        Durability durability = Durability.of(event);
        lock.lock();
        try {
            while (failure == null && !closed && waiting.size() + line.length > CAPACITY - EventJson.PREFIX) {
                written.awaitUninterruptibly();
            }
            requireOpen();
            long seq = ++lastTold;
            waiting.append(prefix(seq), line);
            wake(durability);
            while (failure == null && reached(durability) < seq) {
                written.awaitUninterruptibly();
            }
            requireWritten();
        } finally {
            lock.unlock();
        }
    }

    /// Writes what waits, to the disk, and closes the file. Does nothing the second time.
    ///
    /// @throws JournalException if anything told could not be written
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            told.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        awaitWriter();
        lock.lock();
        try {
            requireWritten();
        } finally {
            lock.unlock();
        }
    }

    private byte[] prefix(long seq) {
        String head =
                "{\"seq\":" + seq + ",\"at\":\"" + clock.instant() + "\",\"nanos\":" + (System.nanoTime() - start);
        return (head + ",").getBytes(StandardCharsets.US_ASCII);
    }

    /// Runs in the writer's thread.
    private void write() {
        try (file) {
            for (Durability durability = take(); durability != null; durability = take()) {
                long last = lastTaken;
                writing.drainTo(file);
                if (durability == Durability.FORCED) {
                    file.force(false);
                }
                carried(last, durability);
            }
            file.force(false);
        } catch (Throwable e) {
            fail(e);
        }
    }

    /// Takes what waits, once it is urgent, plentiful or old enough; returns how far it must be
    /// carried, or null when the journal is closed and all is written.
    private @Nullable Durability take() {
        lock.lock();
        try {
            while (waiting.lines() == 0 && !closed) {
                told.awaitUninterruptibly();
            }
            awaitBatch();
            if (waiting.lines() == 0) {
                return null;
            }
            LineBuffer full = waiting;
            waiting = writing;
            writing = full;
            lastTaken = lastTold;
            Durability durability = asked;
            asked = Durability.BATCHED;
            written.signalAll();
            return durability;
        } finally {
            lock.unlock();
        }
    }

    private void awaitBatch() {
        long deadline = System.nanoTime() + BATCH_DELAY.toNanos();
        while (!closed && asked == Durability.BATCHED && waiting.size() < BATCH) {
            try {
                long left = deadline - System.nanoTime();
                if (left <= 0 || told.awaitNanos(left) <= 0) {
                    return;
                }
            } catch (InterruptedException _) {
                // Nobody has this thread to interrupt it; if somebody had, writing early does no harm.
                return;
            }
        }
    }

    private void carried(long last, Durability durability) {
        lock.lock();
        try {
            lastWritten = last;
            if (durability == Durability.FORCED) {
                lastForced = last;
            }
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake(Durability durability) {
        if (durability.compareTo(asked) > 0) {
            asked = durability;
        }
        // A full batch and an urgent event are signalled; else the writer looks by itself.
        if (durability != Durability.BATCHED || waiting.size() >= BATCH || waiting.lines() == 1) {
            told.signal();
        }
    }

    private long reached(Durability durability) {
        return switch (durability) {
            case BATCHED -> Long.MAX_VALUE;
            case WRITTEN -> lastWritten;
            case FORCED -> lastForced;
        };
    }

    private void requireOpen() {
        requireWritten();
        if (closed) {
            throw new JournalException("the journal is closed");
        }
    }

    private void requireWritten() {
        if (failure != null) {
            throw new JournalException("the journal cannot be written: " + failure, failure);
        }
    }

    private void awaitWriter() {
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
