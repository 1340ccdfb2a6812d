package dev.verdict.load.wire;

import dev.verdict.http.HttpFailure;
import dev.verdict.load.ErrorKind;
import dev.verdict.load.FirstDifference;
import dev.verdict.load.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Is one user, or one connection of a pool: goes through one exchange after the other and takes
/// down each.
final class Slot {
    private final Loop loop;
    private final int number;
    private final List<Connection> connections = new ArrayList<>();
    private final Map<String, String> saved = new HashMap<>();
    private final Answer answer;
    private final Timing timing = new Timing();
    private final long patience;
    private boolean busy;
    private boolean connecting;
    private int request;
    private long index;
    private long bytesIn;
    private long bytesOut;
    private long patientUntil;
    private long freeSince;

    Slot(Loop loop, int number) {
        this.loop = loop;
        this.number = number;
        this.answer = new Answer(saved, loop.tuning().limits());
        this.patience = loop.tuning().timeout().toNanos();
        loop.origins().forEach(origin -> connections.add(new Connection(loop, this, origin)));
    }

    /// Returns its number on its loop.
    int number() {
        return number;
    }

    boolean busy() {
        return busy;
    }

    /// Tells whether a connection is being made, for a request or ahead of one.
    boolean connecting() {
        return connecting;
    }

    long freeSince() {
        return freeSince;
    }

    /// Connects ahead of the first request.
    void connect() {
        connecting = true;
        long now = System.nanoTime();
        patientUntil = now + patience;
        connections.getFirst().open(now);
    }

    /// Begins an exchange.
    ///
    /// @param of the number of the request in the whole load
    void begin(long of, long due, long ready) {
        index = of;
        request = loop.draw(of, saved);
        busy = true;
        bytesIn = 0;
        bytesOut = 0;
        timing.begin(due, ready);
        Connection connection = connection();
        if (connection.idle()) {
            send(connection);
        } else if (connection.closed()) {
            connecting = true;
            long now = System.nanoTime();
            patientUntil = now + patience;
            connection.open(now);
        }
    }

    /// Gives up if the time for the answer is over.
    void checkPatience(long now) {
        if ((busy || connecting) && now - patientUntil >= 0) {
            connections.forEach(Connection::close);
            String what = connecting ? "no connection" : "no complete answer";
            broke(
                    connection(),
                    new HttpFailure(
                            HttpFailure.Kind.TIMED_OUT,
                            what + " within " + loop.tuning().timeout().toMillis() + " ms"));
        }
    }

    void close() {
        connections.forEach(Connection::close);
    }

    /// Is told that a connection has been made.
    void connected(Connection connection, long openedAt) {
        connecting = false;
        loop.recorder().connected(request, System.nanoTime() - openedAt);
        if (busy && connection == connection()) {
            send(connection);
        }
    }

    /// Is told that bytes of the answer came.
    void received(int count) {
        if (bytesIn == 0) {
            timing.firstByte(loop.now());
        }
        bytesIn += count;
    }

    /// Is told that the answer is complete.
    void answered() {
        timing.done(loop.now());
        try {
            answer.complete();
        } catch (HttpFailure e) {
            fail(ErrorKind.valueOf(e.kind().name()), String.valueOf(e.getMessage()));
            return;
        }
        ErrorKind wrong = answer.kind();
        if (wrong == null) {
            loop.recorder().answered(request, timing, bytesIn, bytesOut);
            free(false);
        } else {
            FirstDifference difference = answer.difference();
            if (difference != null) {
                loop.recorder().differed(request, difference);
            }
            fail(wrong, answer.problem());
        }
    }

    /// Is told that there will be no answer.
    void broke(Connection connection, HttpFailure failure) {
        boolean unconnected = connecting;
        connecting = false;
        if (busy && connection == connection()) {
            timing.done(loop.now());
            fail(ErrorKind.valueOf(failure.kind().name()), String.valueOf(failure.getMessage()), unconnected);
        }
    }

    private void send(Connection connection) {
        LoadRequest asked = loop.prepared(request).request();
        try {
            var bytes = loop.prepared(request).bytes(index, saved);
            answer.begin(asked);
            long now = System.nanoTime();
            timing.sent(now);
            patientUntil = now + patience;
            bytesOut = connection.send(bytes, asked.method(), answer);
        } catch (IllegalArgumentException e) {
            timing.done(System.nanoTime());
            fail(ErrorKind.MALFORMED, "a value cannot be sent: " + e.getMessage());
        }
    }

    private void fail(ErrorKind kind, String what) {
        fail(kind, what, false);
    }

    private void fail(ErrorKind kind, String what, boolean unconnected) {
        loop.recorder().failed(request, kind, what, timing);
        loop.recorder().moved(request, bytesIn, bytesOut);
        loop.countError();
        free(unconnected);
    }

    private void free(boolean unconnected) {
        busy = false;
        freeSince = loop.now();
        loop.pacer().free(this, unconnected);
    }

    private Connection connection() {
        return connections.get(loop.originOf(request));
    }
}
