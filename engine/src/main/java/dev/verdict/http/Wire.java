package dev.verdict.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Moves the bytes of one connection, blocking. Closing the channel under it ends whatever blocks.
interface Wire {
    /// Reads what has come, at least a byte; returns a negative number at the end.
    int read(ByteBuffer into) throws IOException;

    /// Writes all of it.
    void write(ByteBuffer from) throws IOException;

    /// Tells whether the other side is still there and has said nothing that nobody asked for, as
    /// far as that can be seen.
    boolean quiet() throws IOException;

    void close() throws IOException;

    /// Moves bytes as they are.
    record Plain(SocketChannel channel) implements Wire {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            while (from.hasRemaining()) {
                channel.write(from);
            }
        }

        @Override
        public boolean quiet() throws IOException {
            channel.configureBlocking(false);
            boolean nothing = channel.read(ByteBuffer.allocate(1)) == 0;
            channel.configureBlocking(true);
            return nothing;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
