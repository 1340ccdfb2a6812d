package dev.verdict.environment.docker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Watches all containers that carry the run's mark, whoever creates them: what they do, what they
/// write, and how they end. It is to be opened before the first of them is created.
public final class ContainerWatch implements AutoCloseable {
    /// Bounds how long a lost engine is waited for.
    private static final Duration BACK = Duration.ofSeconds(60);

    private static final Duration EVERY = Duration.ofMillis(200);

    /// An engine that shuts down tells of these, and only then of its own end.
    private static final Set<String> ENDING = Set.of("kill", "die");

    private final Engine engine;
    private final Map<String, String> labels;
    private final Function<String, ContainerOutput> outputs;
    private final Listener listener;
    private final Map<String, WatchedContainer> containers = new ConcurrentHashMap<>();
    private final Set<String> volumes = new ConcurrentSkipListSet<>();
    private volatile EngineEvents.@Nullable Subscription subscription;
    private volatile CountDownLatch there = new CountDownLatch(0);
    private volatile boolean closed;

    private ContainerWatch(
            Engine engine, Map<String, String> labels, Function<String, ContainerOutput> outputs, Listener listener) {
        this.engine = engine;
        this.labels = Map.copyOf(labels);
        this.outputs = outputs;
        this.listener = listener;
    }

    /// Is told of every change: those of one container in order and by one thread, those of several
    /// side by side.
    public interface Listener {
        void changed(WatchedContainer container, ContainerChange change);

        /// Is told that the engine ended or cannot be reached any more, once each time.
        ///
        /// @param reason one sentence for the user
        void lost(String reason);
    }

    /// Begins to watch.
    ///
    /// @param labels those by which the run's containers are known, [Labels#MARK] among them
    /// @param outputs where the containers of a service write; empty is for those of no service
    public static ContainerWatch open(
            Engine engine, Map<String, String> labels, Function<String, ContainerOutput> outputs, Listener listener)
            throws InterruptedException {
        ContainerWatch watch = new ContainerWatch(engine, labels, outputs, listener);
        watch.subscribe();
        return watch;
    }

    private void subscribe() throws InterruptedException {
        subscription = engine.events().follow(labels, new EngineEvents.Listener() {
            @Override
            public void happened(EngineEvent event) {
                if (ENDING.contains(event.action()) && !engine.wire().open()) {
                    ContainerWatch.this.lost("the Docker engine at %s is shutting down"
                            .formatted(engine.address().host()));
                }
                watched(event).happened(event);
            }

            @Override
            public void lost(String reason) {
                ContainerWatch.this.lost(reason);
            }
        });
    }

    private WatchedContainer watched(EngineEvent event) {
        return containers.computeIfAbsent(event.container(), id -> {
            String service = event.service().orElse(event.attributes().getOrDefault(Labels.COMPOSE_SERVICE, ""));
            return new WatchedContainer(
                    id, event.name(), service, engine, noting(), outputs.apply(service), () -> there.getCount() > 0);
        });
    }

    /// Anonymous volumes carry no labels: that a container of the run mounts them is all there is.
    private Listener noting() {
        return new Listener() {
            @Override
            public void changed(WatchedContainer container, ContainerChange change) {
                container.record().ifPresent(record -> volumes.addAll(record.volumes()));
                listener.changed(container, change);
            }

            @Override
            public void lost(String reason) {
                listener.lost(reason);
            }
        };
    }

    /// Returns all containers seen so far, also those that are gone.
    public Collection<WatchedContainer> containers() {
        return List.copyOf(containers.values());
    }

    /// Returns the containers of a service that are not removed.
    public List<WatchedContainer> of(String service) {
        return containers.values().stream()
                .filter(container -> container.service().equals(service))
                .filter(container -> container.state().phase() != ContainerState.Phase.REMOVED)
                .toList();
    }

    /// Returns the names of the volumes that the run's containers mounted.
    public Set<String> volumes() {
        return new TreeSet<>(volumes);
    }

    private void lost(String reason) {
        CountDownLatch back = new CountDownLatch(1);
        synchronized (this) {
            if (closed || there.getCount() > 0) {
                return;
            }
            there = back;
        }
        listener.lost(reason);
        Thread.ofVirtual().name("docker-back").start(() -> {
            try {
                if (awaitAnswer()) {
                    resume();
                    back.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean awaitAnswer() throws InterruptedException {
        long deadline = System.nanoTime() + BACK.toNanos();
        while (!closed && System.nanoTime() < deadline) {
            if (engine.answers()) {
                return true;
            }
            Thread.sleep(EVERY);
        }
        return false;
    }

    /// Goes on where the engine left off: what ended meanwhile is told now.
    private void resume() throws InterruptedException {
        EngineEvents.Subscription before = subscription;
        subscribe();
        if (before != null) {
            before.close();
        }
        for (WatchedContainer container : containers.values()) {
            Optional<ContainerRecord> found = engine.containers().find(container.id());
            if (found.filter(record -> record.state().running()).isEmpty()) {
                container.endedUnseen(
                        found.map(record -> OptionalInt.of(record.state().exitCode()))
                                .orElse(OptionalInt.empty()));
            }
        }
    }

    /// Waits until a lost engine answers again and is watched again.
    ///
    /// @return whether it does; at once if it never was away
    public boolean awaitEngine(Duration limit) throws InterruptedException {
        return there.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Waits until the logs of all ended containers are read to the end.
    ///
    /// @return whether they are
    public boolean drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean drained = true;
        for (WatchedContainer container : containers()) {
            if (!container.state().running()) {
                drained &= container.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        }
        return drained;
    }

    @Override
    public void close() {
        closed = true;
        EngineEvents.Subscription open = subscription;
        if (open != null) {
            open.close();
        }
        containers.values().forEach(WatchedContainer::close);
    }
}
