package dev.verdict.load.wire;

import dev.verdict.load.Arrivals;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import dev.verdict.load.Timing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Sends each arrival of a rate as soon as it is due and a slot is free.
///
/// Those for which none is free wait in order; since the next one is always computed, so many may
/// wait as there are.
final class OpenPacer implements Pacer {
    static final long NOT_SOON = Long.MAX_VALUE;

    private final Loop loop;
    private final Arrivals arrivals;
    private final int first;
    private final int most;
    private final long grain;
    private final List<Slot> slots = new ArrayList<>();
    private final Deque<Slot> free = new ArrayDeque<>();
    private long start;
    private long due;

    OpenPacer(Loop loop, Pace.Open pace, Slice slice) {
        this.loop = loop;
        this.arrivals = new Arrivals(pace, slice);
        this.first = loop.share(loop.tuning().connections());
        this.most = loop.share(loop.tuning().mostConnections());
        this.grain = loop.tuning().grain().toNanos();
    }

    @Override
    public void prepare() {
        for (int i = 0; i < first; i++) {
            Slot slot = add();
            slot.connect();
            free.add(slot);
        }
    }

    @Override
    public void start(long now) {
        start = now;
    }

    @Override
    public long dispatch(long now) {
        while (arrivals.due() != Arrivals.NEVER) {
            long time = start + arrivals.due();
            long burst = start + grained(arrivals.due());
            if (burst - now > 0) {
                return burst;
            }
            Slot slot = free.poll();
            if (slot == null && slots.size() == most) {
                return NOT_SOON;
            }
            Slot taken = slot == null ? add() : slot;
            due++;
            long index = arrivals.index();
            arrivals.advance();
            taken.begin(index, time, slot == null ? burst : Math.max(burst, taken.freeSince()));
        }
        return NOT_SOON;
    }

    @Override
    public void free(Slot slot, boolean unconnected) {
        free.add(slot);
    }

    @Override
    public void end(long at) {
        Timing timing = new Timing();
        for (; arrivals.due() != Arrivals.NEVER && start + arrivals.due() - at < 0; arrivals.advance()) {
            due++;
            timing.begin(start + arrivals.due(), at);
            timing.done(at);
            loop.recorder()
                    .failed(
                            loop.draw(arrivals.index(), Map.of()),
                            ErrorKind.UNSENT,
                            "all " + slots.size() + " connections were busy until the end",
                            timing);
        }
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public List<Slot> slots() {
        return slots;
    }

    private Slot add() {
        Slot slot = new Slot(loop, slots.size());
        slots.add(slot);
        return slot;
    }

    private long grained(long time) {
        return grain == 0 ? time : (time + grain - 1) / grain * grain;
    }
}
