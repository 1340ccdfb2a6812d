package dev.verdict.gateway;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// Moves the bytes of many connections on one platform thread.
///
/// A platform thread because a virtual one would wake twice for each chunk: once the poller, once
/// itself.
final class Loop {
    private static final long PAUSE_MILLIS = 50;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Bounds what faults hold back over all connections of a loop.
    private static final long MOST_HELD =
            Math.min(256 << 20, Runtime.getRuntime().maxMemory() / 8);

    private final Selector selector;
    private final Journal journal;
    private final Buffers buffers = new Buffers();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<SelectionKey> paused = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final AtomicLong held = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    /// Reacts to a channel that can be accepted from, connected, read or written.
    interface Ready {
        void ready(SelectionKey key);
    }

    /// Is a task with its time.
    final class Timer implements Comparable<Timer> {
        private final long nanos;
        private final Runnable task;

        private Timer(long nanos, Runnable task) {
            this.nanos = nanos;
            this.task = task;
        }

        void cancel() {
            timers.remove(this);
        }

        @Override
        public int compareTo(Timer other) {
            // The difference: nanoTime may wrap.
            return Long.signum(nanos - other.nanos);
        }
    }

    private Loop(String name, Journal journal) {
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new GatewayException("no gateway: " + e.getMessage(), e);
        }
        this.journal = journal;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static Loop start(String name, Journal journal) {
        Loop loop = new Loop(name, journal);
        loop.thread.start();
        return loop;
    }

    Buffers buffers() {
        return buffers;
    }

    /// Runs the task on the loop, soon.
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Returns the counter of what faults hold back on this loop, in bytes.
    AtomicLong held() {
        return held;
    }

    /// Tells whether faults hold back as much as they may.
    boolean full() {
        return held.get() >= MOST_HELD;
    }

    /// Runs the task at the time, never before it and at most a millisecond after it if the loop is
    /// not busy; on the loop only.
    ///
    /// @param nanos as [System#nanoTime] counts
    Timer at(long nanos, Runnable task) {
        Timer timer = new Timer(nanos, task);
        timers.add(timer);
        return timer;
    }

    /// Runs the task on the loop and tells when it is done, with every socket closed that it has
    /// closed; fails if the loop has ended.
    CompletableFuture<Void> submit(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            try {
                task.run();
                // A registered channel is only closed for its peer when the selector lets it go.
                selector.selectNow(this::dispatch);
                done.complete(null);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        if (closed && !thread.isAlive()) {
            done.completeExceptionally(new GatewayException("the gateway is closed"));
        }
        return done;
    }

    /// Has the handler called when the channel is ready for one of the operations; on the loop
    /// only.
    SelectionKey register(SelectableChannel channel, int operations, Ready handler) throws ClosedChannelException {
        return channel.register(selector, operations, handler);
    }

    /// Stops watching the key for a moment.
    void pause(SelectionKey key) {
        key.interestOps(0);
        paused.add(key);
    }

    void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            journal.emit(new HarnessFailed("gateway", "a socket did not close: " + e.getMessage()));
        }
    }

    int buffersAllocated() {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        execute(() -> answer.complete(buffers.allocated()));
        return answer.join();
    }

    void close() {
        closed = true;
        selector.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                select();
                resumePaused();
                runTasks();
                runTimers();
            }
            runTasks();
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's event loop ended", e);
        }
    }

    private void select() throws IOException {
        long most = paused.isEmpty() ? 0 : PAUSE_MILLIS;
        Timer first = timers.peek();
        if (first == null) {
            selector.select(this::dispatch, most);
            return;
        }
        long nanos = first.nanos - System.nanoTime();
        if (nanos <= 0) {
            selector.selectNow(this::dispatch);
        } else {
            // Rounded up: woken too early, the loop would spin for the rest.
            long millis = (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            selector.select(this::dispatch, most == 0 ? millis : Math.min(most, millis));
        }
    }

    private void dispatch(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Ready handler) {
            try {
                handler.ready(key);
            } catch (RuntimeException e) {
                // A bug, and one connection's: the others must not pay for it.
                journal.emit(new HarnessFailed("gateway", "a connection broke the event loop: " + e));
                closeQuietly(key.channel());
            }
        }
    }

    private void resumePaused() {
        if (!paused.isEmpty()) {
            paused.stream().filter(SelectionKey::isValid).forEach(key -> key.interestOps(SelectionKey.OP_ACCEPT));
            paused.clear();
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        // What becomes due while these run has its turn after the sockets.
        long now = System.nanoTime();
        for (Timer first = timers.peek(); first != null && first.nanos - now <= 0; first = timers.peek()) {
            timers.poll();
            try {
                first.task.run();
            } catch (RuntimeException e) {
                journal.emit(new HarnessFailed("gateway", "a fault broke the event loop: " + e));
            }
        }
    }
}
