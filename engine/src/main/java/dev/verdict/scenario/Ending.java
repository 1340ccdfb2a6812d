package dev.verdict.scenario;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Remembers that a run is to end early, and on whose word; the first word counts.
final class Ending {
    private final AtomicReference<@Nullable String> startNoMore = new AtomicReference<>();
    private final AtomicReference<@Nullable String> interrupted = new AtomicReference<>();

    /// Lets what runs come to its end, but starts nothing more.
    void startNoMore(String by) {
        startNoMore.compareAndSet(null, by);
    }

    /// Ends what runs, too.
    void interrupt(String by) {
        startNoMore(by);
        interrupted.compareAndSet(null, by);
    }

    Optional<String> startingNoMore() {
        return Optional.ofNullable(startNoMore.get());
    }

    Optional<String> interrupted() {
        return Optional.ofNullable(interrupted.get());
    }
}
