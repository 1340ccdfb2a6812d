package dev.verdict.load.wire;

import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Lets each user ask again when the answer has come and the time to think is over.
final class ClosedPacer implements Pacer {
    /// Is how long a user waits who got no connection: a busy loop of refusals tests nothing.
    private static final long RELUCTANCE = 50_000_000;

    /// Is how often the number of users is looked at while it may change.
    private static final long STEP = 10_000_000;

    private final Loop loop;
    private final Pace.Closed pace;
    private final Slice slice;
    private final boolean changes;
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<Resting> thinking = new ArrayDeque<>();
    private final Deque<Resting> reluctant = new ArrayDeque<>();
    private final Deque<Slot> away = new ArrayDeque<>();
    private boolean started;
    private long start;
    private long begun;
    private boolean ended;

    private record Resting(Slot slot, long until) {}

    ClosedPacer(Loop loop, Pace.Closed pace, Slice slice) {
        this.loop = loop;
        this.pace = pace;
        this.slice = slice;
        var ramps = pace.users().ramps();
        this.changes =
                ramps.size() > 1 || ramps.getFirst().from() != ramps.getFirst().to();
    }

    @Override
    public void prepare() {
        admit(0).forEach(Slot::connect);
    }

    @Override
    public void start(long now) {
        start = now;
    }

    @Override
    public long dispatch(long now) {
        if (ended) {
            return OpenPacer.NOT_SOON;
        }
        if (!started) {
            started = true;
            List.copyOf(slots).forEach(slot -> begin(slot, now));
        }
        if (changes) {
            admit(now - start).forEach(slot -> begin(slot, now));
            while (!away.isEmpty() && active(away.peek(), now)) {
                begin(away.poll(), now);
            }
        }
        long next = changes ? now + STEP : OpenPacer.NOT_SOON;
        next = Math.min(next, wake(thinking, now));
        return Math.min(next, wake(reluctant, now));
    }

    @Override
    public void free(Slot slot, boolean unconnected) {
        long now = slot.freeSince();
        if (ended) {
            return;
        }
        if (changes && !active(slot, now)) {
            away.add(slot);
        } else if (unconnected) {
            reluctant.add(
                    new Resting(slot, now + Math.max(RELUCTANCE, pace.think().toNanos())));
        } else if (pace.think().isZero()) {
            begin(slot, now);
        } else {
            thinking.add(new Resting(slot, now + pace.think().toNanos()));
        }
    }

    @Override
    public void end(long at) {
        ended = true;
    }

    @Override
    public long due() {
        return 0;
    }

    @Override
    public List<Slot> slots() {
        return slots;
    }

    /// Lets those rested begin; returns when the next one will be. Both queues are in order, since
    /// all in one rest equally long.
    private long wake(Deque<Resting> resting, long now) {
        for (Resting next = resting.peek(); next != null; next = resting.peek()) {
            if (next.until() - now > 0) {
                return next.until();
            }
            resting.poll();
            begin(next.slot(), next.until());
        }
        return OpenPacer.NOT_SOON;
    }

    private void begin(Slot slot, long due) {
        slot.begin(slice.index(begun++), due, due);
    }

    /// Makes those users who come now; returns the new ones.
    private List<Slot> admit(long nanos) {
        double users = pace.users().at(nanos);
        List<Slot> made = new ArrayList<>();
        while (slice.index(slots.size()) < Math.round(users)) {
            Slot slot = new Slot(loop, slots.size());
            slots.add(slot);
            made.add(slot);
        }
        return made;
    }

    private boolean active(Slot slot, long now) {
        return slice.index(slot.number()) < Math.round(pace.users().at(now - start));
    }
}
