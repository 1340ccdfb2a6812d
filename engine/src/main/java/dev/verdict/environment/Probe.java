package dev.verdict.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Asks once whether a service can be used.
interface Probe {
    /// Says what is asked, as `GET http://127.0.0.1:8080/health`.
    String name();

    /// Asks.
    ///
    /// @param limit how long the answer may take
    /// @param died completes when the service's process ends: an answer is then of no use
    Answer ask(Duration limit, CompletableFuture<?> died) throws InterruptedException;

    /// Is told by another thread when the service's process ends: an answer is of no use then.
    default void giveUp() {}

    /// Is what came back.
    ///
    /// @param text for people, as `503 warming up` or `connection refused`
    /// @param cutShort whether only the limit ended it, so that an earlier answer may say more
    record Answer(boolean ready, String text, boolean cutShort) {
        Answer(boolean ready, String text) {
            this(ready, text, false);
        }
    }
}
