package dev.verdict.environment.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/// Is an engine under watch, for tests, which removes what the test made there.
final class Watched implements AutoCloseable, ContainerWatch.Listener {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Is one change of one container.
    record Told(WatchedContainer container, ContainerChange change) {}

    final String mark = UUID.randomUUID().toString();
    final Map<String, String> labels = Labels.of("watch-test", mark, "store");
    final Engine engine;
    final KeptOutput output;
    final ContainerWatch watch;
    final List<String> losses = new CopyOnWriteArrayList<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();

    Watched(Engine engine, KeptOutput output) throws InterruptedException {
        this.engine = engine;
        this.output = output;
        this.watch = ContainerWatch.open(engine, Map.of(Labels.MARK, mark), service -> output, this);
    }

    static Watched here() throws InterruptedException {
        return new Watched(Engine.connect(System.getenv()), new KeptOutput());
    }

    @Override
    public void changed(WatchedContainer container, ContainerChange change) {
        told.add(new Told(container, change));
    }

    @Override
    public void lost(String reason) {
        losses.add(reason);
    }

    List<ContainerChange> changes() {
        return told.stream().map(Told::change).toList();
    }

    /// Makes and starts a container that runs a shell script.
    WatchedContainer start(String script, UnaryOperator<ContainerSpec> more) throws InterruptedException {
        String id = engine.containers()
                .create(more.apply(new ContainerSpec(DockerCommand.IMAGE)
                        .command(List.of("sh", "-c", script))
                        .labels(labels)
                        .host("NetworkMode", "none")));
        Awaitility.await("the container is seen").atMost(LIMIT).until(() -> seen(id, ContainerChange.Created.class));
        engine.containers().start(id);
        return watch.containers().stream()
                .filter(container -> container.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    boolean seen(String id, Class<? extends ContainerChange> kind) {
        return told.stream().anyMatch(one -> one.container().id().equals(id) && kind.isInstance(one.change()));
    }

    <C extends ContainerChange> C await(Class<C> kind) {
        return await(kind, change -> true);
    }

    <C extends ContainerChange> C await(Class<C> kind, Predicate<C> which) {
        Awaitility.await(kind.getSimpleName())
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> all(kind).stream().anyMatch(which));
        return all(kind).stream().filter(which).toList().getLast();
    }

    <C extends ContainerChange> List<C> all(Class<C> kind) {
        return changes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        watch.close();
        try {
            for (Containers.Listed container : engine.containers().list(Map.of(Labels.MARK, mark))) {
                engine.containers().remove(container.id(), true);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            engine.close();
        }
    }
}
