package dev.verdict.load.wire;

import dev.verdict.load.Pace;
import dev.verdict.load.Recorder;
import dev.verdict.load.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/// Sends a part of a load on one thread.
///
/// Between requests that are due within fifty microseconds it does not sleep; otherwise it does,
/// and an [Alarm] wakes it in time. Either counts as rest, not as work.
final class Loop {
    private static final int BUFFER = 64 << 10;
    private static final long SPIN = 50_000;
    private static final long MILLI = 1_000_000;

    /// Is how long it sleeps at most: time-outs and the end are looked at so often.
    private static final long NAP = 20 * MILLI;

    private final WireLoad load;
    private final Slice slice;
    private final Recorder recorder;
    private final Selector selector;
    private final Alarm alarm;
    private final Pacer pacer;
    private final Mix mix;
    private final List<Prepared> prepared = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final CountDownLatch ready = new CountDownLatch(1);
    private long start;
    private long lookedAt;
    private long rested;
    private long wokeAt;
    private long now;
    private long ended;
    private boolean over;
    private double busy;
    private volatile int active;

    /// Makes a loop.
    ///
    /// @param slice the part of the whole load that this loop sends
    Loop(WireLoad load, Slice slice, Recorder recorder) {
        this.load = load;
        this.slice = slice;
        this.recorder = recorder;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.alarm = new Alarm(selector, "verdict-load-alarm-" + slice.number());
        this.mix = new Mix(
                load.spec().requests().stream().map(LoadRequest::weight).toList(),
                load.spec().seed());
        for (LoadRequest request : load.spec().requests()) {
            prepared.add(
                    new Prepared(request, load.variables(), load.spec().tuning().keepAlive()));
        }
        this.pacer = switch (load.spec().pace()) {
            case Pace.Open open -> new OpenPacer(this, open, slice);
            case Pace.Closed closed -> new ClosedPacer(this, closed, slice);
        };
    }

    /// Connects, waits for the start, and sends until the load is over and all is answered.
    void run() throws InterruptedException {
        try (selector;
                alarm) {
            prepare();
            ready.countDown();
            start = load.awaitStart();
            lookedAt = start;
            pacer.start(start);
            while (!over) {
                now = System.nanoTime();
                long next = ended == 0 ? pacer.dispatch(now) : OpenPacer.NOT_SOON;
                rest(next);
                look();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the event loop of a load ended", e);
        } finally {
            ready.countDown();
            pacer.slots().forEach(Slot::close);
        }
    }

    /// Is counted down when all connections are made, or cannot be.
    CountDownLatch ready() {
        return ready;
    }

    /// Returns how many requests wait for an answer, as of some milliseconds ago.
    int active() {
        return active;
    }

    /// Returns how many requests the rate asked for; after the end.
    long due() {
        return pacer.due();
    }

    /// Returns the share of the time until the end in which it worked; after the end.
    double busy() {
        return busy;
    }

    Tuning tuning() {
        return load.spec().tuning();
    }

    Recorder recorder() {
        return recorder;
    }

    Pacer pacer() {
        return pacer;
    }

    List<Origin> origins() {
        return load.origins().all();
    }

    int originOf(int request) {
        return load.origins().ofRequest().get(request);
    }

    Prepared prepared(int request) {
        return prepared.get(request);
    }

    /// Returns which request a user sends as the load's n-th.
    int draw(long index, Map<String, String> saved) {
        return load.variables().ready(mix.draw(index), saved);
    }

    /// Returns this loop's part of a number of connections; at least one.
    int share(int connections) {
        int threads = tuning().threads();
        return connections / threads + (slice.number() / load.spec().slice().count() < connections % threads ? 1 : 0);
    }

    void countError() {
        load.countError();
    }

    /// Returns when what is being reacted to has happened, as of [System#nanoTime].
    long now() {
        return now;
    }

    ByteBuffer in() {
        return in.clear();
    }

    SelectionKey register(SocketChannel channel, Connection connection) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, connection);
    }

    Transport tls(SocketChannel channel, Origin origin) throws IOException {
        SSLContext context = load.tls();
        return new Tls(channel, context, origin, tuning().trust().checksHost());
    }

    void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // What came before has been taken down; a descriptor that cannot be closed is gone.
        }
    }

    private void prepare() throws IOException {
        pacer.prepare();
        while (anyConnecting()) {
            selector.select(this::ready, NAP / MILLI);
            now = System.nanoTime();
            checkPatience(now);
        }
        selector.selectNow(this::ready);
    }

    private boolean anyConnecting() {
        for (Slot slot : pacer.slots()) {
            if (slot.connecting()) {
                return true;
            }
        }
        return false;
    }

    /// Serves the connections, and sleeps until one has something to say or a request is due.
    private void rest(long next) throws IOException {
        long before = System.nanoTime();
        wokeAt = 0;
        long left = Math.min(next - before, NAP);
        if (left < SPIN) {
            selector.selectNow(this::ready);
            // Nothing to do and nothing to wait for: what it costs to see that is rest.
            rested += wokeAt == 0 && left > 0 ? System.nanoTime() - before : 0;
            return;
        }
        if (left < NAP && left % MILLI != 0 && tuning().grain().isZero()) {
            alarm.set(next);
        }
        selector.select(this::ready, (left + MILLI - 1) / MILLI);
        rested += (wokeAt == 0 ? System.nanoTime() : wokeAt) - before;
    }

    private void ready(SelectionKey key) {
        now = System.nanoTime();
        if (wokeAt == 0) {
            wokeAt = now;
        }
        if (key.isValid() && key.attachment() instanceof Connection connection) {
            connection.ready(key);
        }
    }

    /// Looks at what is seldom: the end, and time-outs.
    private void look() {
        now = System.nanoTime();
        if (ended == 0 && now - load.end(start) >= 0) {
            ended = load.end(start);
            // What became due while nobody looked is sent all the same, if a connection is free.
            pacer.dispatch(ended);
            busy = now == start ? 0 : Math.clamp(1 - (double) rested / (now - start), 0, 1);
            pacer.end(ended);
        }
        if (ended != 0 || now - lookedAt >= NAP) {
            lookedAt = now;
            checkPatience(now);
            over = ended != 0 && active == 0;
        }
    }

    private void checkPatience(long at) {
        int waiting = 0;
        for (Slot slot : pacer.slots()) {
            slot.checkPatience(at);
            waiting += slot.busy() ? 1 : 0;
        }
        active = waiting;
    }
}
