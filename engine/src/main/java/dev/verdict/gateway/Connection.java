package dev.verdict.gateway;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/// Joins a client that came over a link with the endpoint that the link leads to: a pipe there and
/// a pipe back. Everything happens on the link's event loop.
final class Connection implements Loop.Ready {
    private final Link link;
    private final Loop loop;
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final Pipe there;
    private final Pipe back;
    private boolean joined;

    /// Registers both sides with the loop; nothing flows before [#connect].
    Connection(Link link, Loop loop, SocketChannel client, SocketChannel server) throws IOException {
        this.link = link;
        this.loop = loop;
        this.client = client;
        this.server = server;
        HttpCounter http = new HttpCounter();
        prepare(client);
        prepare(server);
        this.clientKey = loop.register(client, 0, this);
        this.serverKey = loop.register(server, 0, this);
        this.there = new Pipe(loop.buffers(), client, clientKey, server, serverKey, chunk -> {
            link.countSent(chunk.remaining());
            link.countRequests(http.requestsIn(chunk));
        });
        this.back = new Pipe(loop.buffers(), server, serverKey, client, clientKey, chunk -> {
            link.countReceived(chunk.remaining());
            http.answered(chunk);
        });
    }

    /// Starts to connect to the endpoint; what the client sends waits in the kernel meanwhile. How
    /// long that may take is the kernel's decision, as it would be without a gateway.
    void connect() {
        try {
            if (server.connect(link.target())) {
                join();
            } else {
                serverKey.interestOps(SelectionKey.OP_CONNECT);
            }
        } catch (IOException e) {
            refused();
        }
    }

    @Override
    public void ready(SelectionKey key) {
        if (joined) {
            move(key);
        } else {
            finishConnect();
        }
    }

    /// Takes what has arrived into the counts, passes on as much of it as the receivers accept at
    /// once, and closes: with a reset if that was not all.
    void finish() {
        try {
            if (!joined && server.isConnectionPending() && server.finishConnect()) {
                join();
            }
            boolean all = there.drain();
            all &= back.drain();
            if (all) {
                close();
            } else {
                // An orderly end would make a cut answer look like a whole one.
                abort();
            }
        } catch (IOException e) {
            abort();
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

    private static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    private void finishConnect() {
        try {
            if (server.finishConnect()) {
                join();
            }
        } catch (IOException e) {
            refused();
        }
    }

    private void join() {
        joined = true;
        clientKey.interestOps(SelectionKey.OP_READ);
        serverKey.interestOps(SelectionKey.OP_READ);
    }

    private void move(SelectionKey key) {
        try {
            boolean ofClient = key.equals(clientKey);
            int ready = key.readyOps();
            if ((ready & SelectionKey.OP_READ) != 0) {
                (ofClient ? there : back).move();
            }
            if ((ready & SelectionKey.OP_WRITE) != 0) {
                (ofClient ? back : there).move();
            }
            if (there.ended() && back.ended()) {
                close();
            }
        } catch (IOException e) {
            // One side is gone without a farewell, so the other must not see an orderly end.
            abort();
        }
    }

    private void refused() {
        link.countRefused();
        abort();
    }

    private void abort() {
        reset(client, loop);
        reset(server, loop);
        dismiss();
    }

    private void close() {
        loop.closeQuietly(client);
        loop.closeQuietly(server);
        dismiss();
    }

    private void dismiss() {
        there.release();
        back.release();
        link.forget(this);
    }
}
