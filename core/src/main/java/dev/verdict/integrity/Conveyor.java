package dev.verdict.integrity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Brings bytes to a file and to a digest at the same time, and what is written on to the disk
/// meanwhile: three kinds of work that wait for different things.
///
/// A caller fills the [#empty] buffer and has it taken, again and again, then finishes.
final class Conveyor implements AutoCloseable {
    private static final int BUFFERS = 16;

    /// How many bytes are written before the disk is asked to keep them.
    private static final long PORTION = 64L << 20;

    private static final Future<?> NOTHING = CompletableFuture.completedFuture(null);

    private final FileChannel file;
    private final byte[][] buffers;
    private final Future<?>[] digested = new Future<?>[BUFFERS];
    private final Sha256 digest = new Sha256();
    private final ExecutorService digests = thread("digest");
    private final ExecutorService disk = thread("disk");
    private Future<?> kept = NOTHING;
    private int next;
    private long written;

    Conveyor(FileChannel file, int size) {
        this.file = file;
        buffers = new byte[BUFFERS][size];
        Arrays.fill(digested, NOTHING);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    /// Returns the buffer to be filled next.
    byte[] empty() throws IOException {
        await(digested[next]);
        return buffers[next];
    }

    /// Takes the first bytes of the buffer.
    void take(int length) throws IOException {
        byte[] buffer = buffers[next];
        digested[next] = digests.submit(() -> digest.update(buffer, 0, length));
        next = (next + 1) % BUFFERS;
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
        while (bytes.hasRemaining()) {
            written += file.write(bytes);
        }
        if (written / PORTION > (written - length) / PORTION) {
            await(kept);
            kept = disk.submit(() -> {
                file.force(false);
                return null;
            });
        }
    }

    /// Forces all to the disk and returns its SHA-256.
    String finish() throws IOException {
        await(kept);
        file.force(true);
        for (Future<?> each : digested) {
            await(each);
        }
        return digest.hex();
    }

    private static void await(Future<?> work) throws IOException {
        try {
            work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IntegrityException("interrupted; nothing was made");
        }
    }

    /// Gives up what is under way, and returns when nothing touches the file any more.
    @Override
    public void close() {
        digests.close();
        disk.close();
    }
}
