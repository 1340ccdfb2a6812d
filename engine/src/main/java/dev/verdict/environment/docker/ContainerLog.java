package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.Wire.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Carries what a container writes into its service's log, from the first line, over every restart.
///
/// The engine keeps the output in a file of its own, which is followed from each start to the end:
/// however slowly it is read, the container never waits. Where there will be no such file, because
/// the container is removed as it ends or keeps no log, its streams are taken over before it
/// starts; these must be read as fast as they come, so what does not fit into memory is left out.
final class ContainerLog implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final long BACKLOG = 16L << 20;

    private final Wire wire;
    private final String container;
    private final ContainerOutput output;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile @Nullable Response current;
    private boolean attached;
    private volatile boolean closed;

    ContainerLog(Wire wire, String container, ContainerOutput output) {
        this.wire = wire;
        this.container = container;
        this.output = output;
    }

    /// Takes over the streams of a container that does not run yet, where its log will not last.
    void beforeStart(ContainerRecord record) throws InterruptedException {
        if (record.autoRemove() || record.logDriver().equals("none")) {
            Map<String, String> streams = Map.of("stream", "1", "stdout", "1", "stderr", "1");
            attached = open(
                    Call.post(Containers.path(container) + "/attach", "give the output of container " + container)
                            .with(streams),
                    record.tty(),
                    true);
        }
    }

    /// Follows the log of a container that was started.
    ///
    /// @param sinceNanos when its life before ended, since 1970; 0 in the first
    void started(ContainerRecord record, long sinceNanos) throws InterruptedException {
        if (attached) {
            // Its streams are taken over already, for this life.
            attached = false;
            return;
        }
        Map<String, String> streams = new LinkedHashMap<>(Map.of("follow", "1", "stdout", "1", "stderr", "1"));
        if (sinceNanos > 0) {
            streams.put("since", "%d.%09d".formatted(sinceNanos / 1_000_000_000, sinceNanos % 1_000_000_000));
        }
        open(
                Call.get(Containers.path(container) + "/logs", "give the log of container " + container)
                        .with(streams),
                record.tty(),
                false);
    }

    private boolean open(Call call, boolean tty, boolean hurry) throws InterruptedException {
        if (closed) {
            return false;
        }
        try {
            Response response = wire.open(call, SOON);
            current = response;
            Frames frames = new Frames(response.getBody(), tty);
            if (hurry) {
                Backlog backlog = new Backlog(BACKLOG);
                start("log-write-", () -> write(backlog));
                start("log-read-", () -> readAhead(frames, backlog));
            } else {
                start("log-", () -> read(frames));
            }
            return true;
        } catch (EngineException e) {
            // Gone before it could be asked, or it keeps no log: said where people look for lines.
            output.accept("err", "[verdict: %s]".formatted(e.getMessage()), 0);
            output.flush();
            return false;
        }
    }

    private void start(String name, Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name(name + container).start(work));
    }

    private void read(Frames frames) {
        LineCutter cutter = new LineCutter(output);
        try {
            frames.readAll(cutter::take);
        } catch (IOException e) {
            broke(e);
        }
        cutter.end();
    }

    private void readAhead(Frames frames, Backlog backlog) {
        try {
            frames.readAll(backlog::put);
        } catch (IOException e) {
            broke(e);
        } finally {
            backlog.end();
        }
    }

    private void write(Backlog backlog) {
        LineCutter cutter = new LineCutter(output);
        try {
            for (var piece = backlog.take(); piece.isPresent(); piece = backlog.take()) {
                if (piece.get().lost() > 0) {
                    output.accept(
                            "err",
                            "[verdict: %d bytes came faster than they could be written, and are not kept]"
                                    .formatted(piece.get().lost()),
                            0);
                }
                cutter.take(
                        piece.get().stream(),
                        piece.get().bytes().array(),
                        piece.get().bytes().capacity());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cutter.end();
    }

    private void broke(IOException e) {
        if (!closed) {
            output.accept("err", "[verdict: the log broke off: %s]".formatted(e.getMessage()), 0);
            output.flush();
        }
    }

    /// Waits until everything that an ended container wrote is in the log, for at most `limit`.
    ///
    /// @return whether it is
    boolean drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : new ArrayList<>(threads)) {
            long left = deadline - System.nanoTime();
            if (thread.isAlive() && (left <= 0 || !thread.join(Duration.ofNanos(left)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        Response response = current;
        if (response != null) {
            response.close();
        }
    }
}
