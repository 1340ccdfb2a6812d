package dev.verdict.gateway;

import dev.verdict.journal.Event.HarnessFailed;
import dev.verdict.journal.Event.TrafficCounted;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Is an address of one user's own that leads to one endpoint.
public final class Link implements Loop.Ready, AutoCloseable {
    /// Bounds the wait for an event loop that never takes this long unless something is broken.
    private static final long CLOSE_SECONDS = 10;

    private final Gateway gateway;
    private final Loop loop;
    private final String from;
    private final String to;
    private final Destination target;
    private final int port;

    // Touched by the event loop only, but for the first listener:

    private ServerSocketChannel listener;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Map<Applied, Grip> grips = new LinkedHashMap<>();
    /// Keeps the port while nobody listens.
    private @Nullable SocketChannel placeholder;

    private int deaf;
    private boolean complained;
    private boolean shut;

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    Link(Gateway gateway, Loop loop, String from, String to, Destination target, ServerSocketChannel listener) {
        this.gateway = gateway;
        this.loop = loop;
        this.from = from;
        this.to = to;
        this.target = target;
        this.listener = listener;
        this.port = listener.socket().getLocalPort();
    }

    /// Returns who uses it: a scenario's id or a service.
    public String from() {
        return from;
    }

    /// Returns what it leads to, as `SERVICE.PORT`.
    public String to() {
        return to;
    }

    /// Returns the address to connect to.
    public String host() {
        return "127.0.0.1";
    }

    /// Returns the port to connect to.
    public int port() {
        return port;
    }

    /// Returns what went over it so far.
    public Counts counts() {
        return new Counts(connections.get(), refused.get(), sent.get(), received.get(), requests.get());
    }

    /// Stops listening, takes what had arrived by now into the counts, closes the connections and
    /// journals the traffic. Returns when all this is done; a second call waits for the first.
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            closed.join();
            return;
        }
        try {
            loop.submit(this::shut).orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            loop.closeQuietly(listener);
            gateway.journal()
                    .emit(new HarnessFailed(
                            "gateway", "link from %s to %s did not close: %s".formatted(from, to, e.getCause())));
        } finally {
            gateway.forget(this);
            closed.complete(null);
        }
        Counts counts = counts();
        gateway.journal()
                .emit(new TrafficCounted(
                        from, to, counts.connections(), counts.sent(), counts.received(), counts.requests()));
    }

    /// Starts to accept, with these faults acting from the first connection on; tells when they do.
    CompletableFuture<Void> accept(List<Applied> faults) {
        return loop.submit(() -> {
            faults.forEach(this::begin);
            register();
        });
    }

    Loop loop() {
        return loop;
    }

    /// Has the fault act from now on; on the event loop only.
    void begin(Applied fault) {
        if (shut) {
            return;
        }
        Grip grip = Grip.of(fault, this);
        // Before it is there to be met: it may find connections that are older than itself.
        grip.begin();
        grips.put(fault, grip);
        for (Connection connection : List.copyOf(open)) {
            grip.meet(connection, false);
        }
    }

    /// Ends the fault; on the event loop only.
    void end(Applied fault) {
        Grip grip = grips.remove(fault);
        if (grip != null && !shut) {
            List.copyOf(open).forEach(connection -> connection.remove(fault));
            grip.end();
        }
    }

    /// Stops listening, so that connections are refused; the port stays this link's.
    void deafen() {
        deaf++;
        if (deaf > 1) {
            return;
        }
        try {
            // Whoever connected before has not been refused.
            acceptAll();
            placeholder = Ports.keep(port);
            loop.closeQuietly(listener);
        } catch (IOException e) {
            complain("link from %s to %s cannot refuse: %s".formatted(from, to, e.getMessage()));
        }
    }

    /// Listens again once nobody wants it deaf any more.
    void listen() {
        deaf--;
        if (deaf > 0 || placeholder == null) {
            return;
        }
        try {
            listener = Ports.listen(port);
            register();
        } catch (IOException e) {
            complain("link from %s to %s does not listen again: %s".formatted(from, to, e.getMessage()));
        } finally {
            loop.closeQuietly(placeholder);
            placeholder = null;
        }
    }

    /// Accepts what waits, on the event loop.
    @Override
    public void ready(SelectionKey key) {
        try {
            acceptAll();
        } catch (IOException e) {
            // Out of descriptors, most likely. The waiting connection keeps the key ready, so
            // without a pause the loop would spin.
            complain("link from %s to %s cannot accept: %s".formatted(from, to, e.getMessage()));
            loop.pause(key);
        }
    }

    InetSocketAddress target() throws IOException {
        return target.now();
    }

    void countSent(int bytes) {
        sent.addAndGet(bytes);
    }

    void countReceived(int bytes) {
        received.addAndGet(bytes);
    }

    void countRequests(int heads) {
        requests.addAndGet(heads);
    }

    void countRefused() {
        refused.incrementAndGet();
    }

    void forget(Connection connection) {
        if (open.remove(connection)) {
            gateway.dismissed();
        }
    }

    private void register() {
        try {
            if (listener.isOpen()) {
                loop.register(listener, SelectionKey.OP_ACCEPT, this);
            }
        } catch (ClosedChannelException e) {
            // Closed before the loop came to it: there is nothing left to accept.
        }
    }

    private void acceptAll() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            connections.incrementAndGet();
            if (!gateway.admit()) {
                complain("a connection from %s to %s was refused: %d are open already, the most there may be"
                        .formatted(from, to, gateway.connections()));
                countRefused();
                Connection.reset(client, loop);
                continue;
            }
            start(client);
        }
    }

    private void start(SocketChannel client) throws IOException {
        @Nullable SocketChannel server = null;
        try {
            server = SocketChannel.open();
            Connection connection = new Connection(this, loop, client, server);
            open.add(connection);
            for (Grip grip : List.copyOf(grips.values())) {
                grip.meet(connection, true);
            }
            if (connection.open()) {
                connection.connect();
            }
        } catch (IOException e) {
            countRefused();
            gateway.dismissed();
            Connection.reset(client, loop);
            if (server != null) {
                loop.closeQuietly(server);
            }
            throw e;
        }
    }

    /// Tells the journal, once: what goes wrong for one connection goes wrong for thousands.
    void complain(String message) {
        if (!complained) {
            complained = true;
            gateway.journal().emit(new HarnessFailed("gateway", message));
        }
    }

    private void shut() {
        shut = true;
        try {
            // Whoever connected before the close has used the link, though the loop was busy.
            if (listener.isOpen()) {
                acceptAll();
            }
        } catch (IOException e) {
            complain("link from %s to %s cannot accept: %s".formatted(from, to, e.getMessage()));
        }
        loop.closeQuietly(listener);
        if (placeholder != null) {
            loop.closeQuietly(placeholder);
        }
        List.copyOf(open).forEach(Connection::finish);
    }
}
