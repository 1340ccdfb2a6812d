package dev.verdict.gateway;

import dev.verdict.plan.LinkFault.Direction;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Joins a client that came over a link with the endpoint that the link leads to: a pipe there and
/// a pipe back. Everything happens on the link's event loop.
final class Connection implements Loop.Ready {
    private final Link link;
    private final Loop loop;
    private final Side client;
    private final Side server;
    private final Pipe there;
    private final Pipe back;
    private final HttpCounter http = new HttpCounter();
    private @Nullable Answering answering;
    /// A black hole keeps it from reaching the endpoint.
    private boolean kept;

    private boolean joined;
    private boolean gone;

    /// Is one of the two ends.
    record Side(SocketChannel channel, SelectionKey key) {}

    /// Registers both sides with the loop; nothing flows before [#connect].
    Connection(Link link, Loop loop, SocketChannel client, SocketChannel server) throws IOException {
        this.link = link;
        this.loop = loop;
        this.client = side(client);
        this.server = side(server);
        this.there = new Pipe(this, this.client, this.server, chunk -> {
            link.countSent(chunk.remaining());
            link.countRequests(http.requestsIn(chunk));
        });
        this.back = new Pipe(this, this.server, this.client, chunk -> {
            link.countReceived(chunk.remaining());
            http.answered(chunk);
        });
    }

    Loop loop() {
        return loop;
    }

    /// Starts to connect to the endpoint; what the client sends waits in the kernel meanwhile. How
    /// long that may take is the kernel's decision, as it would be without a gateway.
    void connect() {
        kept = there.swallows() && back.swallows();
        if (kept) {
            there.settle();
            return;
        }
        try {
            if (server.channel().connect(link.target())) {
                join();
            } else {
                server.key().interestOps(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            refused();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        if (joined || kept) {
            move(key);
        } else {
            finishConnect();
        }
    }

    /// Lets a fault act on what goes one way.
    void add(Direction way, Stage stage, Applied owner) {
        if (!gone) {
            (way == Direction.THERE ? there : back).add(stage, owner);
        }
    }

    /// Lets an HTTP fault act on what is answered.
    void change(HttpGrip grip, SplittableRandom random) {
        if (gone) {
            return;
        }
        if (answering == null || answering.over()) {
            answering = new Answering(http);
            answering.add(grip, random);
            back.add(answering, grip.applied());
        } else {
            answering.add(grip, random);
        }
    }

    /// Ends a fault; what it held goes on.
    void remove(Applied owner) {
        if (!gone) {
            there.remove(owner);
        }
        if (!gone) {
            back.remove(owner);
        }
        if (!gone && kept) {
            connect();
        }
    }

    /// Tells whether it has not been closed or reset.
    boolean open() {
        return !gone;
    }

    /// Tells whether both sides are connected.
    boolean joined() {
        return joined;
    }

    /// Tells whether what the side sends may be read.
    boolean readable(Side side) {
        return joined || (kept && side.equals(client));
    }

    /// Closes if both directions have ended.
    void settled() {
        if (!gone && there.ended() && back.ended()) {
            close();
        }
    }

    /// Tells the other side that this one is gone without a farewell, after all that it sent.
    void lost(Side side) {
        boolean ofClient = side.equals(client);
        (ofClient ? back : there).discard();
        (ofClient ? there : back).reset();
    }

    /// Resets both sides at once.
    void reset() {
        if (!gone) {
            reset(client.channel(), loop);
            reset(server.channel(), loop);
            dismiss();
        }
    }

    /// Takes what has arrived into the counts, passes on as much of it as the receivers accept at
    /// once, and closes: with a reset if that was not all.
    void finish() {
        try {
            if (!joined
                    && server.channel().isConnectionPending()
                    && server.channel().finishConnect()) {
                join();
            }
            boolean all = there.drain();
            all &= back.drain();
            if (gone) {
                return;
            }
            if (all) {
                close();
            } else {
                // An orderly end would make a cut answer look like a whole one.
                reset();
            }
        } catch (IOException e) {
            reset();
        }
    }

    /// Closes a channel so that its peer sees a reset and not an orderly end.
    static void reset(SocketChannel channel, Loop loop) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The peer was first; the channel only remains to be closed.
        }
        loop.closeQuietly(channel);
    }

    private Side side(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Side(channel, loop.register(channel, 0, this));
    }

    private void finishConnect() {
        try {
            if (server.channel().finishConnect()) {
                join();
            }
        } catch (IOException e) {
            refused();
        }
    }

    private void join() {
        joined = true;
        client.key().interestOps(SelectionKey.OP_READ);
        server.key().interestOps(SelectionKey.OP_READ);
        there.settle();
        if (!gone) {
            back.settle();
        }
    }

    private void move(SelectionKey key) {
        boolean ofClient = key.equals(client.key());
        int ready = key.readyOps();
        if ((ready & SelectionKey.OP_READ) != 0) {
            (ofClient ? there : back).move();
        }
        if ((ready & SelectionKey.OP_WRITE) != 0 && !gone) {
            (ofClient ? back : there).move();
        }
        settled();
    }

    private void refused() {
        link.countRefused();
        reset();
    }

    private void close() {
        loop.closeQuietly(client.channel());
        loop.closeQuietly(server.channel());
        dismiss();
    }

    private void dismiss() {
        gone = true;
        there.release();
        back.release();
        link.forget(this);
    }
}
