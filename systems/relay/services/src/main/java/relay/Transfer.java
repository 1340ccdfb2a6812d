package relay;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Brings one file to the server, over several connections, from wherever an earlier try came to.
final class Transfer {
    private final Path file;
    private final Blueprint blueprint;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stored;

    /// Reads the whole file once, for its digest.
    Transfer(Path file, int chunk) throws IOException {
        this.file = file;
        this.blueprint = new Blueprint(file.getFileName().toString(), Files.size(file), chunk, Disk.sha256(file));
    }

    Blueprint blueprint() {
        return blueprint;
    }

    /// Returns how many bytes the server has acknowledged.
    long sent() {
        return sent.get();
    }

    boolean stored() {
        return stored;
    }

    /// Returns when the server has stored the artifact.
    void run(List<Remote> connections, ExecutorService threads, Metrics metrics)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        long before = metrics.sum("relay_client_bytes_sent_total");
        while (!stored) {
            Remote.State state = connections.getFirst().begin(blueprint);
            skip(state, metrics);
            stored = state.stored()
                    || (send(state, connections, threads, metrics)
                            && connections.getFirst().complete(state.id()));
        }
        metrics.add("relay_client_files_sent_total", 1);
        long bytes = metrics.sum("relay_client_bytes_sent_total") - before;
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "sent %s: %d bytes in %.3f s, %.1f MB/s%n", blueprint.name(), bytes, seconds, bytes / seconds / 1e6);
        metrics.gauge("relay_client_last_bytes_per_second", () -> bytes / seconds);
    }

    private void skip(Remote.State state, Metrics metrics) {
        int there = blueprint.chunks() - state.missing().size();
        long missing = state.missing().stream().mapToLong(blueprint::length).sum();
        sent.set(blueprint.size() - missing);
        metrics.add("relay_client_chunks_resumed_total", there);
        if (there > 0) {
            System.out.println(blueprint.name() + ": " + there + " of " + blueprint.chunks() + " chunks are there");
        }
    }

    private boolean send(Remote.State state, List<Remote> connections, ExecutorService threads, Metrics metrics)
            throws IOException, InterruptedException {
        Queue<Integer> chunks = new ConcurrentLinkedQueue<>(state.missing());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            List<Future<Boolean>> lanes = new ArrayList<>();
            for (Remote connection : connections) {
                lanes.add(threads.submit(() -> lane(connection, state.id(), chunks, channel, metrics)));
            }
            boolean all = true;
            for (Future<Boolean> lane : lanes) {
                all &= lane.get();
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private boolean lane(Remote connection, String id, Queue<Integer> chunks, FileChannel channel, Metrics metrics)
            throws IOException, InterruptedException {
        for (Integer index = chunks.poll(); index != null; index = chunks.poll()) {
            byte[] bytes = Disk.read(channel, (long) index * blueprint.chunk(), blueprint.length(index));
            if (!connection.put(id, index, bytes)) {
                return false;
            }
            sent.addAndGet(bytes.length);
            metrics.add("relay_client_bytes_sent_total", bytes.length);
        }
        return true;
    }
}
