package dev.verdict.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Is one life of a service, from its start to its end.
interface Lived {
    /// Returns the time since the start.
    Duration age();

    /// Completes with the exit code as soon as it ends.
    CompletableFuture<Integer> died();

    /// Waits for the end.
    ///
    /// @return whether it came within the limit
    boolean endsWithin(Duration limit) throws InterruptedException;

    /// Waits until the end is in the journal.
    ///
    /// @throws EnvironmentException if it is not within the limit
    void awaitTold(Duration limit) throws InterruptedException;
}
