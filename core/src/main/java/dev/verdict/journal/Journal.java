package dev.verdict.journal;

/// Takes the facts of a run, in the order in which they are told.
@FunctionalInterface
public interface Journal {
    /// Appends a fact; returns once its place is certain, which may wait when the disk is slower
    /// than the run.
    void emit(Event event);
}
