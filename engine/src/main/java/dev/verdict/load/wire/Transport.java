package dev.verdict.load.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Moves the bytes of one connection without ever waiting.
interface Transport {
    /// Goes on with what comes before the first request; tells whether that is done.
    boolean shake() throws IOException;

    /// Reads what has come; returns 0 if nothing has, a negative number at the end.
    int read(ByteBuffer into) throws IOException;

    /// Tells whether more may be read without the selector's saying so.
    boolean buffers();

    /// Takes all bytes; tells whether they have all left.
    boolean write(ByteBuffer from) throws IOException;

    /// Goes on writing; tells whether everything has left.
    boolean flush() throws IOException;

    /// Says goodbye, as far as that goes without waiting.
    void farewell();

    /// Moves them as they are.
    final class Plain implements Transport {
        private final SocketChannel channel;
        private ByteBuffer pending = ByteBuffer.allocate(0);

        Plain(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public boolean shake() {
            return true;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public boolean buffers() {
            return false;
        }

        @Override
        public boolean write(ByteBuffer from) throws IOException {
            channel.write(from);
            if (from.hasRemaining()) {
                pending = ByteBuffer.allocate(from.remaining()).put(from).flip();
            }
            return !pending.hasRemaining();
        }

        @Override
        public boolean flush() throws IOException {
            if (pending.hasRemaining()) {
                channel.write(pending);
            }
            return !pending.hasRemaining();
        }

        @Override
        public void farewell() {
            // TCP has no other than closing.
        }
    }
}
