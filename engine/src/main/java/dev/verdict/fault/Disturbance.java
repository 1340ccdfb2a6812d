package dev.verdict.fault;

import java.io.IOException;
import java.util.List;

/// Is a fault that found its target and is ready to act.
interface Disturbance {
    /// Returns what undoes it, in the order in which that has to be done.
    List<UndoStep> undo();

    /// Acts. Returns when the fault is in force; a crash loop then goes on by itself.
    ///
    /// @throws FaultException if it cannot; what it did by then is undone
    void act() throws InterruptedException, IOException;

    /// Ends what still acts within Verdict itself; then the undo steps follow.
    default void halt() throws InterruptedException {}

    /// Says in which way, where there are several, as a clause for the journal; empty otherwise.
    default String means() {
        return "";
    }

    /// Tells whether nothing is left to undo once it has acted, as after a restart.
    default boolean momentary() {
        return false;
    }

    /// Tells whether a second one of its kind on the same target could not be told from it: the end
    /// of either would undo both, or leave what the first one did.
    default boolean alone() {
        return false;
    }
}
