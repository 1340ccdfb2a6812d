package dev.verdict.gateway;

import dev.verdict.journal.Journal;
import dev.verdict.plan.LinkFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Opens links: addresses on the loopback interface that lead to endpoints, each counted apart.
///
/// Safe for use by several threads.
public final class Gateway implements AutoCloseable {
    /// Bounds the wait for event loops that never take this long unless something is broken.
    private static final long APPLY_SECONDS = 10;

    private final Journal journal;
    private final Limits limits;
    private final List<Loop> loops;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ReentrantLock changing = new ReentrantLock();
    /// Under the lock.
    private final List<Applied> faults = new ArrayList<>();

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    /// Bounds what a gateway holds: a test that leaks must hear of it before the machine does.
    ///
    /// @param links open at a time
    /// @param connections open at a time over all links; each may hold two buffers when its
    ///     receivers are slow
    record Limits(int links, int connections) {
        static final Limits DEFAULT = new Limits(10_000, 20_000);
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
        return open(from, to, () -> target);
    }

    /// Opens a link to where the destination is at each connection.
    ///
    /// @see #open(String, String, String, int)
    public Link open(String from, String to, Destination target) {
        if (closed) {
            throw closed(from, to);
        }
        if (links.size() >= limits.links()) {
            throw new GatewayException("no link from %s to %s: %d links are open already, the most there may be"
                    .formatted(from, to, limits.links()));
        }
        Link link = new Link(this, nextLoop(), from, to, target, listen(from, to));
        CompletableFuture<Void> accepting;
        boolean undisturbed;
        changing.lock();
        try {
            links.add(link);
            List<Applied> acting =
                    faults.stream().filter(fault -> fault.concerns(link)).toList();
            undisturbed = acting.isEmpty();
            accepting = link.accept(acting);
        } finally {
            changing.unlock();
        }
        if (closed) {
            // close() may have looked at the links just before this one was added.
            link.close();
            throw closed(from, to);
        }
        if (!undisturbed) {
            // The address exists already: whoever learns it must not be faster than the faults.
            await(List.of(accepting));
        }
        return link;
    }

    /// Has a fault act on every link from `from` to `to`, on the connections that are open and on
    /// those that come, and on links that are opened later. Returns when it acts on all of them.
    ///
    /// @param from a scenario's id, a service, or `*` for any
    /// @param to `SERVICE`, `SERVICE.PORT` or `*`
    /// @param seed decides what chance decides: the same for the same seed and order of connections
    /// @throws GatewayException if the gateway is closed or an event loop does not answer
    public Applied apply(String from, String to, LinkFault fault, long seed) {
        if (closed) {
            throw new GatewayException("no fault between " + from + " and " + to + ": the gateway is closed");
        }
        Applied applied = new Applied(this, from, to, fault, seed);
        onLinks(() -> faults.add(applied), link -> {
            if (applied.concerns(link)) {
                link.begin(applied);
            }
        });
        return applied;
    }

    void remove(Applied applied) {
        onLinks(() -> faults.remove(applied), link -> link.end(applied));
    }

    void change(Applied applied, Applied next) {
        onLinks(() -> faults.replaceAll(each -> each.equals(applied) ? next : each), link -> {
            // The next one first, so that nothing slips through between them: what the former held
            // meets it, and who is refused stays refused.
            if (next.concerns(link)) {
                link.begin(next);
            }
            link.end(applied);
        });
    }

    /// Does something with every link on its event loop, after which links that are opened see
    /// `faults` as the first argument leaves it: none is missed and none is met twice.
    private void onLinks(Runnable first, Consumer<Link> then) {
        List<CompletableFuture<Void>> done;
        changing.lock();
        try {
            first.run();
            List<Link> now = List.copyOf(links);
            done = loops.stream()
                    .map(loop -> loop.submit(() -> now.stream()
                            .filter(link -> link.loop().equals(loop))
                            .forEach(then)))
                    .toList();
        } finally {
            changing.unlock();
        }
        await(done);
    }

    private static void await(List<CompletableFuture<Void>> done) {
        try {
            CompletableFuture.allOf(done.toArray(CompletableFuture[]::new))
                    .orTimeout(APPLY_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw new GatewayException("a fault did not reach every link: " + e.getCause(), e);
        }
    }

    /// Closes every link, each with its count in the journal, and ends the event loops.
    @Override
    public void close() {
        closed = true;
        links.forEach(Link::close);
        loops.forEach(Loop::close);
    }

    /// Returns the links that are open now.
    public List<Link> links() {
        return List.copyOf(links);
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
            return Ports.listen(0);
        } catch (IOException e) {
            throw new GatewayException("no link from %s to %s: %s".formatted(from, to, e.getMessage()), e);
        }
    }
}
