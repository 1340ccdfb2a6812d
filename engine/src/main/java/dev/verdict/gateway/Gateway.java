package dev.verdict.gateway;

import dev.verdict.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Opens links: addresses on the loopback interface that lead to endpoints, each counted apart.
///
/// Safe for use by several threads.
public final class Gateway implements AutoCloseable {
    /// Connections that may wait to be accepted; a burst beyond it waits for TCP's retransmission.
    private static final int BACKLOG = 1024;

    private final Journal journal;
    private final Limits limits;
    private final List<Loop> loops;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    /// Bounds what a gateway holds: a test that leaks must hear of it before the machine does.
    ///
    /// @param links open at a time
    /// @param connections open at a time over all links; each may hold two buffers when its
    ///     receivers are slow
    record Limits(int links, int connections) {
        static final Limits DEFAULT = new Limits(10_000, 4_096);
    }

    public Gateway(Journal journal) {
        this(journal, Limits.DEFAULT);
    }

    Gateway(Journal journal, Limits limits) {
        this.journal = journal;
        this.limits = limits;
        // Half the cores at most: the other half belongs to the system under test.
        int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
        this.loops = IntStream.rangeClosed(1, count)
                .mapToObj(number -> Loop.start("verdict-gateway-" + number, journal))
                .toList();
    }

    /// Opens a link and returns at once; it accepts connections from then on.
    ///
    /// @param from who will use it: a scenario's id or a service
    /// @param to what it leads to, as `SERVICE.PORT`
    /// @param host where connections lead; nobody needs to listen there yet
    /// @throws GatewayException if the gateway is closed or full, the host is unknown, or the
    ///     operating system refuses
    public Link open(String from, String to, String host, int port) {
        InetSocketAddress target = new InetSocketAddress(host, port);
        if (target.isUnresolved()) {
            throw new GatewayException("no link from %s to %s: host %s is unknown".formatted(from, to, host));
        }
        if (closed) {
            throw closed(from, to);
        }
        if (links.size() >= limits.links()) {
            throw new GatewayException("no link from %s to %s: %d links are open already, the most there may be"
                    .formatted(from, to, limits.links()));
        }
        Link link = new Link(this, nextLoop(), from, to, target, listen(from, to));
        links.add(link);
        if (closed) {
            // close() may have looked at the links just before this one was added.
            link.close();
            throw closed(from, to);
        }
        link.accept();
        return link;
    }

    /// Closes every link, each with its count in the journal, and ends the event loops.
    @Override
    public void close() {
        closed = true;
        links.forEach(Link::close);
        loops.forEach(Loop::close);
    }

    /// Returns how many links are open.
    public int links() {
        return links.size();
    }

    Journal journal() {
        return journal;
    }

    void forget(Link link) {
        links.remove(link);
    }

    /// Takes a place for one more connection, if there is one.
    boolean admit() {
        if (connections.incrementAndGet() <= limits.connections()) {
            return true;
        }
        connections.decrementAndGet();
        return false;
    }

    void dismissed() {
        connections.decrementAndGet();
    }

    int connections() {
        return connections.get();
    }

    int buffers() {
        return loops.stream().mapToInt(Loop::buffersAllocated).sum();
    }

    private Loop nextLoop() {
        return loops.get(Math.floorMod(opened.getAndIncrement(), loops.size()));
    }

    private static GatewayException closed(String from, String to) {
        return new GatewayException("no link from %s to %s: the gateway is closed".formatted(from, to));
    }

    private static ServerSocketChannel listen(String from, String to) {
        try {
            ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
            try {
                listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
                listener.configureBlocking(false);
                return listener;
            } catch (IOException e) {
                listener.close();
                throw e;
            }
        } catch (IOException e) {
            throw new GatewayException("no link from %s to %s: %s".formatted(from, to, e.getMessage()), e);
        }
    }
}
