import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Is either end. `echo` answers on a port that it prints, until its input ends. `ping PORT N`
/// prints the median and the 99th percentile of N round trips of 256 bytes in microseconds. `idle
/// PORT N` opens N connections, says something once on each, and keeps them until its input ends.
public final class Peer {
    private static final int SIZE = 256;

    private Peer() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "echo" -> echo();
            case "ping" -> ping(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            case "idle" -> idle(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void echo() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
        listener.configureBlocking(false);
        System.out.println(listener.socket().getLocalPort());
        Selector selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().start(() -> serve(selector, listener));
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void serve(Selector selector, ServerSocketChannel listener) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        while (true) {
            try {
                selector.select(key -> answer(selector, listener, key, buffer));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void answer(Selector selector, ServerSocketChannel listener, SelectionKey key, ByteBuffer buffer) {
        try {
            if (key.isAcceptable()) {
                SocketChannel one = listener.accept();
                if (one != null) {
                    one.configureBlocking(false);
                    one.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    one.register(selector, SelectionKey.OP_READ);
                }
                return;
            }
            SocketChannel channel = (SocketChannel) key.channel();
            if (channel.read(buffer.clear()) < 0) {
                channel.close();
                return;
            }
            channel.write(buffer.flip());
        } catch (IOException e) {
            key.cancel();
        }
    }

    private static void ping(int port, int count) throws IOException {
        try (SocketChannel channel = connect(port)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
            long[] nanos = new long[count];
            // A tenth before that is not measured: both ends and the relay warm up.
            for (int i = -count / 10; i < count; i++) {
                long start = System.nanoTime();
                channel.write(buffer.clear());
                for (buffer.clear(); buffer.hasRemaining(); ) {
                    if (channel.read(buffer) < 0) {
                        throw new IOException("the echo has ended");
                    }
                }
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - start;
                }
            }
            Arrays.sort(nanos);
            System.out.println(nanos[count / 2] / 1e3 + " " + nanos[count * 99 / 100] / 1e3);
        }
    }

    private static void idle(int port, int count) throws IOException {
        List<SocketChannel> all = new ArrayList<>();
        ByteBuffer word = ByteBuffer.allocateDirect(1);
        for (int i = 0; i < count; i++) {
            SocketChannel one = connect(port);
            all.add(one);
            one.write(word.clear());
            if (one.read(word.clear()) != 1) {
                throw new IOException("connection " + i + " does not answer");
            }
        }
        System.out.println(all.size());
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }
}
