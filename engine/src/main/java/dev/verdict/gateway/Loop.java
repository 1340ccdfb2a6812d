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
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Moves the bytes of many connections on one platform thread.
///
/// A platform thread because a virtual one would wake twice for each chunk: once the poller, once
/// itself.
final class Loop {
    private static final long PAUSE_MILLIS = 50;

    private final Selector selector;
    private final Journal journal;
    private final Buffers buffers = new Buffers();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<SelectionKey> paused = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    /// Reacts to a channel that can be accepted from, connected, read or written.
    interface Ready {
        void ready(SelectionKey key);
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

    /// Runs the task on the loop and tells when it is done; fails if the loop has ended.
    CompletableFuture<Void> submit(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
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
                selector.select(this::dispatch, paused.isEmpty() ? 0 : PAUSE_MILLIS);
                resumePaused();
                runTasks();
            }
            runTasks();
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway's event loop ended", e);
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
}
