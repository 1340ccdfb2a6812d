package dev.verdict.gateway;

import dev.verdict.plan.LinkFault;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// Is a fault that acts on links, those that are open and those that are opened, until it is
/// removed.
public final class Applied implements AutoCloseable {
    private final Gateway gateway;
    private final String from;
    private final String to;
    private final LinkFault fault;
    private final long seed;
    private final AtomicLong struck = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    Applied(Gateway gateway, String from, String to, LinkFault fault, long seed) {
        this.gateway = gateway;
        this.from = from;
        this.to = to;
        this.fault = fault;
        this.seed = seed;
    }

    /// Returns the fault.
    public LinkFault fault() {
        return fault;
    }

    /// Returns on how many connections, for HTTP kinds answers, it has acted so far.
    public long struck() {
        return struck.get();
    }

    /// Ends the fault on all its links at once and returns when it has ended; what it held goes on,
    /// in order. A second call does nothing.
    public void remove() {
        if (over.compareAndSet(false, true)) {
            gateway.remove(this);
        }
    }

    /// Puts another fault in this one's place, on each link in one step.
    ///
    /// @throws IllegalStateException if it has been removed
    public Applied change(LinkFault other) {
        if (!over.compareAndSet(false, true)) {
            throw new IllegalStateException("the fault between " + from + " and " + to + " has been removed");
        }
        Applied next = new Applied(gateway, from, to, other, seed);
        gateway.change(this, next);
        return next;
    }

    /// Does as [#remove].
    @Override
    public void close() {
        remove();
    }

    boolean concerns(Link link) {
        return (from.equals("*") || from.equals(link.from()))
                && (to.equals("*") || to.equals(link.to()) || link.to().startsWith(to + "."));
    }

    /// Returns a seed for the link's n-th connection, or whatever else is counted, so that each has
    /// randomness of its own.
    long seed(Link link, long n) {
        long place = mixed(seed ^ mixed((link.from() + "→" + link.to()).hashCode()));
        return mixed(place + n);
    }

    /// Draws whether the fault's probability wants one more connection or answer.
    boolean draws(SplittableRandom random) {
        return random.nextDouble() < fault.probability();
    }

    /// Counts one more connection or answer; false if the fault has acted on as many as it may.
    boolean strikes() {
        // Never above its limit: a plain increment would be read as more than were struck.
        return struck.getAndUpdate(count -> count < fault.first() ? count + 1 : count) < fault.first();
    }

    /// The finalizer of MurmurHash3, by Austin Appleby: near numbers become unlike ones.
    private static long mixed(long bits) {
        long once = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return twice ^ (twice >>> 33);
    }
}
