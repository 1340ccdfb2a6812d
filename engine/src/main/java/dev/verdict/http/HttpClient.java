package dev.verdict.http;

import dev.verdict.http.Deadlines.Deadline;
import dev.verdict.http.HttpFailure.Kind;
import java.io.IOException;
import java.nio.channels.Channel;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends requests on the thread that asks, which waits for the response, and keeps connections for
/// the next one until it is closed.
///
/// Safe for use by several threads. It starts no threads of its own, but for one that all clients
/// share and that ends what takes too long, so it costs little to have one for each scenario.
public final class HttpClient implements AutoCloseable {
    private static final Deadlines DEADLINES = new Deadlines();

    /// Is less than what services let a connection rest: one that is closed just when it is used
    /// again would be a failure that nobody can explain.
    private static final long LONGEST_REST = Duration.ofSeconds(3).toNanos();

    /// Bounds what TLS has to say at the end to somebody who may not listen.
    private static final long LONGEST_FAREWELL = Duration.ofSeconds(1).toNanos();

    private static final int MAX_RESTING = 16;

    private final HttpLimits limits;
    private final Supplier<SSLContext> tls;
    private final Set<HttpConnection> open = new HashSet<>();
    private final Deque<HttpConnection> resting = new ArrayDeque<>();
    private boolean closed;

    /// Makes a client that trusts whom the JDK trusts.
    public HttpClient(HttpLimits limits) {
        this(limits, HttpClient::trusted);
    }

    /// Makes a client.
    ///
    /// @param tls asked when the first `https` request is sent
    public HttpClient(HttpLimits limits, Supplier<SSLContext> tls) {
        this.limits = limits;
        this.tls = tls;
    }

    /// Sends a request and waits for the whole response.
    ///
    /// @param timeout from now to the last byte
    /// @throws InterruptedException if the thread was interrupted; the connection is closed then
    public HttpResponse send(HttpRequest request, Duration timeout) throws HttpFailure, InterruptedException {
        return send(request, new Patience(timeout));
    }

    /// Sends a request, follows redirects, and waits for the last response.
    ///
    /// @param timeout from now to the last byte of the last response
    public HttpResponse sendFollowing(HttpRequest request, Duration timeout) throws HttpFailure, InterruptedException {
        Patience patience = new Patience(timeout);
        HttpResponse response = send(request, patience);
        HttpRequest last = request;
        for (int i = 0; i < Redirect.MAX; i++) {
            Optional<HttpRequest> next = Redirect.next(last, response);
            if (next.isEmpty()) {
                break;
            }
            last = next.get();
            response = send(last, patience);
        }
        return response;
    }

    /// Sends a request over a connection of its own and waits for the head of the response.
    ///
    /// @param timeout until the head; what comes afterwards may take as long as it takes
    public HttpStream open(HttpRequest request, Duration timeout) throws HttpFailure, InterruptedException {
        Patience patience = new Patience(timeout);
        HttpConnection connection = connect(request, limits.endless(), HttpConnection.STREAM_BUFFER, patience);
        HttpStream stream = new HttpStream(connection, () -> discard(connection));
        within(patience, connection, () -> {
            stream.send(request);
        });
        return stream;
    }

    /// Closes all its connections, also those on which somebody waits.
    @Override
    public void close() {
        Set<HttpConnection> all;
        synchronized (this) {
            closed = true;
            all = Set.copyOf(open);
            resting.clear();
        }
        all.forEach(this::discard);
    }

    /// Returns how many connections are open.
    synchronized int connections() {
        return open.size();
    }

    private HttpResponse send(HttpRequest request, Patience patience) throws HttpFailure, InterruptedException {
        HttpConnection kept = take(HttpConnection.Origin.of(request));
        if (kept != null) {
            try {
                return exchange(kept, request, patience);
            } catch (HttpFailure e) {
                // The other side may have closed what it, too, had kept.
                boolean closedMeanwhile = e.kind() == Kind.RESET || e.kind() == Kind.CUT_OFF;
                if (!closedMeanwhile || kept.answered() || !request.repeatable()) {
                    throw e;
                }
            }
        }
        return exchange(connect(request, limits, HttpConnection.BUFFER, patience), request, patience);
    }

    private HttpResponse exchange(HttpConnection connection, HttpRequest request, Patience patience)
            throws HttpFailure, InterruptedException {
        Collector collector = new Collector();
        within(patience, connection, () -> {
            IOException unsent = sendAll(connection, request, collector);
            try {
                while (!connection.receive()) {
                    // The collector takes what comes.
                }
            } catch (IOException e) {
                throw unsent == null ? e : unsent;
            }
            if (unsent != null) {
                discard(connection);
            }
        });
        keep(connection);
        return collector.response();
    }

    /// Returns what kept the request from being sent: a service may answer, and close, before it
    /// has taken all of it.
    private static @Nullable IOException sendAll(HttpConnection connection, HttpRequest request, Collector collector) {
        try {
            connection.send(request.method(), request.encoded(), collector);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private HttpConnection connect(HttpRequest request, HttpLimits limits, int buffer, Patience patience)
            throws HttpFailure, InterruptedException {
        HttpConnection connection;
        try {
            connection = new HttpConnection(HttpConnection.Origin.of(request), limits, buffer);
        } catch (IOException e) {
            throw Failures.of(e);
        }
        register(connection);
        within(patience, connection, () -> connection.connect(tls));
        return connection;
    }

    /// Does something with a connection while there is time; closes it if that fails.
    private void within(Patience patience, HttpConnection connection, Step step)
            throws HttpFailure, InterruptedException {
        Deadline deadline = DEADLINES.set(patience.until(), connection.channel());
        boolean done = false;
        try {
            step.run();
            done = deadline.met();
        } catch (IOException e) {
            if (!deadline.met()) {
                throw patience.failure(e);
            }
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("waiting for a response").initCause(e);
            }
            throw Failures.of(e);
        } finally {
            if (!done) {
                deadline.met();
                discard(connection);
            }
        }
        if (!done) {
            throw patience.failure(null);
        }
    }

    private synchronized void register(HttpConnection connection) {
        open.add(connection);
        if (closed) {
            discard(connection);
            throw new IllegalStateException("the HTTP client is closed");
        }
    }

    private @Nullable HttpConnection take(HttpConnection.Origin origin) {
        long now = System.nanoTime();
        while (true) {
            HttpConnection found = takeAny(origin);
            if (found == null || found.fresh(now, LONGEST_REST)) {
                return found;
            }
            discard(found);
        }
    }

    private synchronized @Nullable HttpConnection takeAny(HttpConnection.Origin origin) {
        for (Iterator<HttpConnection> each = resting.iterator(); each.hasNext(); ) {
            HttpConnection one = each.next();
            if (one.origin().equals(origin)) {
                each.remove();
                return one;
            }
        }
        return null;
    }

    private void keep(HttpConnection connection) {
        synchronized (this) {
            if (!closed && connection.reusable() && connection.channel().isOpen() && resting.size() < MAX_RESTING) {
                connection.rest(System.nanoTime());
                resting.push(connection);
                return;
            }
        }
        discard(connection);
    }

    private void discard(HttpConnection connection) {
        synchronized (this) {
            open.remove(connection);
        }
        Deadline farewell = DEADLINES.set(System.nanoTime() + LONGEST_FAREWELL, connection.channel());
        try {
            connection.close();
        } catch (IOException e) {
            // It is given up anyway, and closed as far as that goes.
            closeChannel(connection.channel());
        }
        farewell.met();
    }

    private static void closeChannel(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a channel that is closed twice does nothing the second time", e);
        }
    }

    private static SSLContext trusted() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK's TLS cannot be used: " + e.getMessage(), e);
        }
    }

    /// Is done with a connection.
    private interface Step {
        void run() throws IOException;
    }

    /// Is how long somebody waits.
    private record Patience(Duration timeout, long until) {
        Patience(Duration timeout) {
            this(timeout, System.nanoTime() + timeout.toNanos());
        }

        HttpFailure failure(@Nullable IOException cause) {
            String message = "no response within " + timeout.toMillis() + " ms";
            return cause == null
                    ? new HttpFailure(Kind.TIMED_OUT, message)
                    : new HttpFailure(Kind.TIMED_OUT, message, cause);
        }
    }
}
