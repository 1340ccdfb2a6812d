package dev.verdict.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows a journal while it is written, perhaps by another process, until the run ends or the
/// follower is closed. One thread reads; any may close.
public final class JournalTail implements AutoCloseable {
    /// How long a new line may stay unseen. Looking is one read of a few microseconds, and unlike
    /// notifications of the file system it works on every one of them.
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Path journal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable JournalReader reader;

    private JournalTail(Path journal) {
        this.journal = journal;
    }

    /// Follows a journal from its beginning; it need not exist yet.
    public static JournalTail open(Path journal) {
        return new JournalTail(journal);
    }

    /// Waits for the next entry; empty if there is none within the time, or there will be none.
    ///
    /// @throws JournalException if a line is damaged or the file cannot be read
    public Optional<Entry> next(Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Optional<Entry> entry = closed.getCount() == 0 || ended() ? Optional.empty() : look();
            long left = deadline - System.nanoTime();
            if (entry.isPresent() || ended() || left <= 0) {
                return entry;
            }
            if (closed.await(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        }
    }

    /// Tells whether the run's last event was read: nothing follows.
    public boolean ended() {
        return reader != null && reader.ended();
    }

    /// Lets a waiting [#next] return empty.
    @Override
    public void close() {
        closed.countDown();
    }

    private Optional<Entry> look() {
        if (reader == null && Files.exists(journal)) {
            reader = JournalReader.open(journal);
        }
        return reader == null ? Optional.empty() : reader.next();
    }
}
