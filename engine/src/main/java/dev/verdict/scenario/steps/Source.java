package dev.verdict.scenario.steps;

import java.time.Duration;
import java.util.List;

/// Is where a content comes from, and where it can be looked at again.
interface Source {
    /// Returns what is looked at, for people: `status of GET /orders/1 at orders`.
    String label();

    /// Returns what is there now; several if any of them may pass, none if nothing came yet.
    List<Content> look() throws NoAnswer, InterruptedException;

    /// Asks the system again, so that [#look] sees what is new; nothing to do where looking is
    /// asking.
    ///
    /// @param atMost how long that may take
    void refresh(Duration atMost) throws NoAnswer, InterruptedException;

    /// Takes note of which of several passed, for steps that go on with it.
    default void chosen(int index) {}
}
