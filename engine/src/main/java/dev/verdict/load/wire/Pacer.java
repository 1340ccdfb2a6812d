package dev.verdict.load.wire;

/// Lets the slots of one loop begin their requests when it is time; used by that loop only.
///
/// All times are those of [System#nanoTime].
sealed interface Pacer permits OpenPacer, ClosedPacer {
    /// Makes connections ahead of the clock.
    void prepare();

    /// Starts the clock.
    void start(long now);

    /// Begins what is due, and returns when to be called again at the latest.
    long dispatch(long now);

    /// Is told that a slot has ended its exchange.
    ///
    /// @param unconnected whether it did not even get a connection
    void free(Slot slot, boolean unconnected);

    /// Ends: nothing begins any more, and what was due by then and has not begun never will.
    void end(long at);

    /// Returns how many requests the rate asked for so far; 0 if there is no rate.
    long due();

    /// Returns all slots.
    Iterable<Slot> slots();
}
