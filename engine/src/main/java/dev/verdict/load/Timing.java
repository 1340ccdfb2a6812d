package dev.verdict.load;

/// Holds the times of one request while it is under way, in nanoseconds of one clock; used again
/// for the next one.
public final class Timing {
    /// Stands for what has not happened.
    public static final long NOT_YET = Long.MIN_VALUE;

    private long due = NOT_YET;
    private long ready = NOT_YET;
    private long sent = NOT_YET;
    private long firstByte = NOT_YET;
    private long done = NOT_YET;

    /// Begins a request.
    ///
    /// @param dueAt when it should have been sent
    /// @param readyAt when it could have been: when it was due, and a connection, or a user, was
    ///     free
    public void begin(long dueAt, long readyAt) {
        due = dueAt;
        ready = Math.max(dueAt, readyAt);
        sent = NOT_YET;
        firstByte = NOT_YET;
        done = NOT_YET;
    }

    /// Takes down when it was sent.
    public void sent(long at) {
        sent = at;
    }

    /// Takes down when the first byte of its answer came; later ones change nothing.
    public void firstByte(long at) {
        if (firstByte == NOT_YET) {
            firstByte = at;
        }
    }

    /// Takes down when its answer was complete, or when it failed.
    public void done(long at) {
        done = at;
    }

    /// Returns how long it took from when it was due.
    long response() {
        return done - due;
    }

    /// Returns how long it took from when it was sent, or 0 if it never was.
    long service() {
        return sent == NOT_YET ? 0 : done - sent;
    }

    /// Returns how long after it was due it was sent, whoever is to blame.
    long lag() {
        return sent - due;
    }

    /// Returns how long after it could have been sent it was: what the generator is to blame for.
    long late() {
        return sent - ready;
    }

    long toFirstByte() {
        return firstByte - sent;
    }

    boolean wasSent() {
        return sent != NOT_YET;
    }

    boolean hasFirstByte() {
        return firstByte != NOT_YET;
    }
}
