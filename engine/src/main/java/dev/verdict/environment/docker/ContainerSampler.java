package dev.verdict.environment.docker;

import dev.verdict.environment.docker.EngineException.Kind;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Samples the resources of every service's running containers, once a second: a service with
/// several containers as their sum.
public final class ContainerSampler implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Engine engine;
    private final Supplier<? extends Collection<WatchedContainer>> containers;
    private final Journal journal;
    private final ControlGroups groups;
    private final boolean local;
    /// Where a life's files are, by its container's id and main process.
    private final Map<String, Optional<ControlGroups.Group>> found = new HashMap<>();

    private final Map<String, Usage> last = new HashMap<>();
    private final Map<String, EngineStats> streams = new HashMap<>();
    private @Nullable Thread thread;

    public ContainerSampler(
            Engine engine, Supplier<? extends Collection<WatchedContainer>> containers, Journal journal) {
        this(engine, containers, journal, engine.address().local());
    }

    /// @param local whether to look for the containers on this machine
    ContainerSampler(
            Engine engine,
            Supplier<? extends Collection<WatchedContainer>> containers,
            Journal journal,
            boolean local) {
        this.engine = engine;
        this.containers = containers;
        this.journal = journal;
        this.local = local;
        this.groups = new ControlGroups(Path.of("/proc"));
    }

    public void start() {
        thread = Thread.ofVirtual().name("container-sampler").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(EVERY);
                sample();
            }
        } catch (InterruptedException e) {
            // Closed: this thread ends here, and nobody else looks at its interrupt.
            return;
        } finally {
            streams.values().forEach(EngineStats::close);
        }
    }

    private void sample() throws InterruptedException {
        Map<String, Usage> services = new TreeMap<>();
        Set<String> alive = new HashSet<>();
        for (WatchedContainer container : containers.get()) {
            if (container.pid().isPresent()) {
                String life = container.id() + "/" + container.pid().getAsInt();
                alive.add(life);
                usage(container, life)
                        .map(usage -> last.merge(life, usage, (before, now) -> now.after(before)))
                        .ifPresent(usage -> services.merge(container.service(), usage, Usage::plus));
            }
        }
        found.keySet().retainAll(alive);
        last.keySet().retainAll(alive);
        streams.entrySet().removeIf(stream -> {
            boolean ended = !alive.contains(stream.getKey());
            if (ended) {
                stream.getValue().close();
            }
            return ended;
        });
        services.forEach((service, usage) -> journal.emit(event(service, usage)));
    }

    private Optional<Usage> usage(WatchedContainer container, String life) throws InterruptedException {
        Optional<ControlGroups.Group> group = !local
                ? Optional.empty()
                : found.computeIfAbsent(life, key -> groups.of(container.pid().orElse(0), container.id()));
        if (group.isPresent()) {
            try {
                return Optional.of(groups.read(group.get()));
            } catch (IOException e) {
                // Ended between two looks.
                return Optional.empty();
            }
        }
        return ask(container, life);
    }

    private Optional<Usage> ask(WatchedContainer container, String life) throws InterruptedException {
        EngineStats stream = streams.get(life);
        if (stream == null) {
            try {
                stream = new EngineStats(engine.wire(), container.id());
            } catch (EngineException e) {
                if (e.kind() == Kind.GONE || e.kind() == Kind.UNREACHABLE) {
                    // Ended between two looks, or the engine did, of which its watch tells.
                    return Optional.empty();
                }
                throw e;
            }
            streams.put(life, stream);
        }
        return stream.last();
    }

    private static Event.ResourcesSampled event(String service, Usage usage) {
        return new Event.ResourcesSampled(
                service,
                usage.cpu(),
                usage.memory(),
                usage.processes(),
                usage.threads(),
                usage.openFiles(),
                OptionalLong.of(usage.received()),
                OptionalLong.of(usage.sent()),
                known(usage.read()),
                known(usage.written()));
    }

    private static OptionalLong known(long bytes) {
        return bytes == Usage.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /// Ends the sampling.
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
