package dev.verdict.gateway;

import org.jspecify.annotations.Nullable;

/// Is one fault at work on one direction of one connection: takes parcels in order and passes them
/// on in order, now or later, changed or not at all. Everything happens on the event loop.
abstract class Stage {
    private @Nullable Applied owner;
    private @Nullable Course course;
    private @Nullable Stage next;

    /// Orders the stages of a course: what changes bytes comes before what times them, and what
    /// lets nothing through comes last.
    enum Rank {
        CONTENT,
        CORRUPT,
        BANDWIDTH,
        DELAY,
        SLICE,
        CLOSE,
        CUT,
        BLACK_HOLE,
        STALL
    }

    abstract Rank rank();

    /// Takes the next parcel; to be handed on by [#pass].
    abstract void take(Parcel parcel);

    /// Begins, now that it knows its course.
    void begin() {}

    /// Passes on everything that it holds, because its fault has ended.
    void release() {}

    /// Forgets what it holds and its timers, because nobody is there to receive.
    void discard() {}

    /// Tells whether it holds so much that the sender has to wait.
    boolean full() {
        return false;
    }

    /// Tells whether it holds anything.
    boolean holds() {
        return false;
    }

    final void pass(Parcel parcel) {
        if (next == null) {
            course().arrive(parcel);
        } else {
            next.take(parcel);
        }
    }

    final Course course() {
        if (course == null) {
            throw new IllegalStateException("not on a course");
        }
        return course;
    }

    final void attach(Course to, Applied by) {
        course = to;
        owner = by;
    }

    final void link(@Nullable Stage following) {
        next = following;
    }

    /// Takes note that a fault has ended; tells whether nothing is left for the stage to do.
    boolean ends(Applied fault) {
        return fault.equals(owner);
    }
}
