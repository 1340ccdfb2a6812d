package dev.verdict.environment.docker;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Takes apart the engine's mixture of standard output and standard error: before each piece a
/// header of 8 bytes, of which the first names the stream and the last four the length.
record Frames(InputStream in, boolean tty) {
    private static final int HEADER = 8;
    private static final int STDERR = 2;

    /// Takes pieces as they come.
    interface Taker {
        /// Takes a piece.
        ///
        /// @param stream `out` or `err`
        /// @param buffer is used again after the call
        void take(String stream, byte[] buffer, int length) throws IOException;
    }

    /// Reads to the end; a container with a terminal has one stream, without headers.
    void readAll(Taker taker) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        if (tty) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                taker.take("out", buffer, count);
            }
            return;
        }
        byte[] header = new byte[HEADER];
        for (int got = in.readNBytes(header, 0, HEADER); got > 0; got = in.readNBytes(header, 0, HEADER)) {
            if (got < HEADER) {
                throw new EOFException("the engine's answer ends in the middle of a header");
            }
            String stream = header[0] == STDERR ? "err" : "out";
            long left = Integer.toUnsignedLong(ByteBuffer.wrap(header, 4, 4).getInt());
            while (left > 0) {
                // A piece that fits is handed on whole: a log has one message in each.
                int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
                if (count == 0) {
                    throw new EOFException("the engine's answer ends in the middle of a piece");
                }
                taker.take(stream, buffer, count);
                left -= count;
            }
        }
    }
}
