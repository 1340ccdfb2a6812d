package dev.verdict.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Binds ports on the loopback interface, for listening or only to keep them.
///
/// All of them with SO_REUSEPORT, so that a port changes hands between a listener and its
/// placeholder without a moment in which somebody else could take it: the kernel never gives a
/// bound port away by itself.
final class Ports {
    /// Connections that may wait to be accepted; a burst beyond it waits for TCP's retransmission.
    private static final int BACKLOG = 1024;

    private Ports() {}

    /// Listens on the port; on a free one if it is 0.
    static ServerSocketChannel listen(int port) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            listener.bind(address(port), BACKLOG);
            listener.configureBlocking(false);
            return listener;
        } catch (IOException e) {
            throw closed(listener, e);
        }
    }

    /// Keeps the port without listening: connections to it are refused.
    static SocketChannel keep(int port) throws IOException {
        SocketChannel placeholder = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            placeholder.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            return placeholder.bind(address(port));
        } catch (IOException e) {
            throw closed(placeholder, e);
        }
    }

    private static InetSocketAddress address(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private static IOException closed(NetworkChannel channel, IOException cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
