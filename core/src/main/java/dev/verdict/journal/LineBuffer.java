package dev.verdict.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/// Collects lines that wait to be written; not safe for use by several threads.
final class LineBuffer {
    private byte[] data = new byte[64 << 10];
    private int size;
    private int lines;

    int size() {
        return size;
    }

    int lines() {
        return lines;
    }

    /// Appends `head`, and `tail` without its first character, as one line.
    void append(byte[] head, byte[] tail) {
        int end = size + head.length + tail.length;
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, 2 * data.length));
        }
        System.arraycopy(head, 0, data, size, head.length);
        System.arraycopy(tail, 1, data, size + head.length, tail.length - 1);
        data[end - 1] = '\n';
        size = end;
        lines++;
    }

    /// Writes all lines and empties the buffer.
    void drainTo(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(data, 0, size);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        size = 0;
        lines = 0;
    }
}
