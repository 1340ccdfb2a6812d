package dev.verdict.environment.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.environment.docker.Wire.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final String MISSED = "the container was gone before its output could be read";
    private static final String LATE =
            "the container may have written before its output could be taken over, and the engine keeps none of it";

    private final Wire wire;
    private final String container;
    private final ContainerOutput output;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile @Nullable Response current;
    private boolean attached;
    private boolean tty;
    private String lifeFrom = "0";
    private volatile @Nullable Following following;
    /// Whether the container may have ended before its log was followed.
    private volatile boolean late;
    private volatile boolean closed;

    ContainerLog(Wire wire, String container, ContainerOutput output) {
        this.wire = wire;
        this.container = container;
        this.output = output;
    }

    /// Asks for the streams of a container that does not run yet, before anything is known about
    /// it: one that ends and is removed at once gives no time for more. Empty if it is gone.
    Optional<Response> ask() throws InterruptedException {
        Map<String, String> streams = Map.of("stream", "1", "stdout", "1", "stderr", "1");
        try {
            return Optional.of(wire.open(
                    Call.post(Containers.path(container) + "/attach", "give the output of container " + container)
                            .with(streams),
                    SOON));
        } catch (EngineException e) {
            return Optional.empty();
        }
    }

    /// Tells whether the engine keeps the container's log until somebody removes the container.
    static boolean isKept(ContainerRecord record) {
        return !record.logDriver().equals("none") && !record.autoRemove();
    }

    /// Takes over the streams where the container's log will not last.
    ///
    /// @param streams asked for before the container was looked at
    /// @param first whether it has not had a life before
    /// @param found empty if it is gone already
    void beforeStart(Optional<Response> streams, Optional<ContainerRecord> found, boolean first)
            throws InterruptedException {
        if (found.isEmpty()) {
            streams.ifPresent(Response::close);
            say(MISSED);
            return;
        }
        ContainerRecord record = found.get();
        boolean kept = !record.logDriver().equals("none");
        if (isKept(record)) {
            streams.ifPresent(Response::close);
        } else if (kept && !record.state().status().equals("created")) {
            // Too late for the first line: its log has it, for as long as it is there.
            streams.ifPresent(Response::close);
            attached = true;
            late = true;
            follow(record, 0);
        } else if (streams.isPresent()) {
            attached = true;
            if (first && !record.state().status().equals("created")) {
                say(LATE);
            }
            take(streams.get(), record.tty(), true);
        } else {
            say(MISSED);
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
        follow(record, sinceNanos);
    }

    private void follow(ContainerRecord record, long sinceNanos) throws InterruptedException {
        lifeFrom = sinceNanos > 0 ? seconds(sinceNanos) : "0";
        Map<String, String> query = query(record.tty());
        query.put("follow", "1");
        query.put("since", lifeFrom);
        following = new Following(output, record.tty());
        tty = record.tty();
        open(logs().with(query), record.tty());
    }

    private Call logs() {
        return Call.get(Containers.path(container) + "/logs", "give the log of container " + container);
    }

    private static Map<String, String> query(boolean tty) {
        return new LinkedHashMap<>(Map.of("stdout", "1", "stderr", "1", "timestamps", tty ? "0" : "1"));
    }

    private static String seconds(long nanos) {
        return "%d.%09d".formatted(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    /// Ends the log of a life that has ended: waits for what is on its way, and fetches what an
    /// engine left out that ended the log before its last message (20.10 does now and then).
    ///
    /// @param endedAt nanoseconds since 1970
    void complete(Duration limit, long endedAt) throws InterruptedException {
        boolean drained = drain(limit);
        Following life = following;
        following = null;
        if (life == null || !drained || closed) {
            return;
        }
        if (!tty) {
            Map<String, String> query = query(false);
            query.put("since", life.empty() ? lifeFrom : life.since());
            query.put("until", seconds(endedAt));
            try (Response rest = wire.open(logs().with(query), SOON)) {
                wire.within(SOON, "read the rest of a log", () -> {
                    new Frames(rest.getBody(), false).readAll(life::takeAgain);
                    return true;
                });
            } catch (EngineException e) {
                // Removed meanwhile: what came is all that can be had.
                life.end();
                return;
            }
        }
        life.end();
    }

    private void open(Call call, boolean tty) throws InterruptedException {
        try {
            take(wire.open(call, SOON), tty, false);
        } catch (EngineException e) {
            // Gone before it could be asked, or it keeps no log: said where people look for lines.
            boolean gone = e.kind() == Kind.GONE || e.kind() == Kind.CONFLICT;
            say(gone ? MISSED : String.valueOf(e.getMessage()));
        }
    }

    private void take(Response response, boolean tty, boolean hurry) {
        current = response;
        if (closed) {
            response.close();
            return;
        }
        Frames frames = new Frames(response.getBody(), tty);
        if (hurry) {
            Backlog backlog = new Backlog(BACKLOG);
            start("log-write-", () -> write(backlog));
            start("log-read-", () -> readAhead(frames, backlog));
        } else {
            Following life = following;
            if (life != null) {
                start("log-", () -> read(frames, life));
            }
        }
    }

    private void say(String sentence) {
        output.accept("err", "[verdict: %s]".formatted(sentence), 0);
        output.flush();
    }

    private void start(String name, Runnable work) {
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name(name + container).start(work));
    }

    private void read(Frames frames, Following life) {
        AtomicBoolean silent = new AtomicBoolean(true);
        try {
            frames.readAll((stream, buffer, length) -> {
                silent.set(false);
                life.take(stream, buffer, length);
            });
            if (silent.get() && late) {
                say("it wrote nothing, or " + MISSED);
            }
        } catch (IOException e) {
            broke(e);
        }
        if (closed || !life.equals(following)) {
            // Nobody waits for it any more.
            life.end();
        }
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
            say("the log broke off: " + wire.unreachable("give all of it", e).getMessage());
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
