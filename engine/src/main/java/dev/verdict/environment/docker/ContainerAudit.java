package dev.verdict.environment.docker;

import dev.verdict.environment.docker.EngineException.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Looks for what a run left in an engine, and removes it: whatever carries the run's mark or its
/// Compose project's name and was not there before, and volumes that only the run's containers
/// mounted. Whatever else there is, also if it appeared during the run, belongs to somebody else.
public final class ContainerAudit {
    private final Engine engine;
    private final List<Map<String, String>> owned;
    private final Before before;

    /// Prepares the audit of one run.
    ///
    /// @param owned sets of labels; a thing that carries all labels of one of them is the run's
    public ContainerAudit(Engine engine, List<Map<String, String>> owned, Before before) {
        this.engine = engine;
        this.owned = List.copyOf(owned);
        this.before = before;
    }

    /// Says what an engine held before the run.
    ///
    /// @param things ids of containers, networks and images that carried the run's labels already,
    ///     as a project's do that somebody named alike
    /// @param volumes names of all there were
    public record Before(Set<String> things, Set<String> volumes) {
        public Before {
            things = Set.copyOf(things);
            volumes = Set.copyOf(volumes);
        }
    }

    /// Looks at an engine before a run.
    public static Before look(Engine engine, List<Map<String, String>> owned) throws InterruptedException {
        Set<String> things = new TreeSet<>();
        for (Map<String, String> labels : owned) {
            engine.containers().list(labels).forEach(container -> things.add(container.id()));
            engine.networks().list(labels).forEach(network -> things.add(network.id()));
            engine.images().list(labels).forEach(image -> things.add(image.id()));
        }
        Set<String> volumes = new TreeSet<>();
        engine.volumes().list(Map.of()).forEach(volume -> volumes.add(volume.name()));
        return new Before(things, volumes);
    }

    /// Returns what the run left, in the order in which it can be removed.
    ///
    /// @param mounted names of volumes that the run's containers mounted
    public List<Leftover> find(Collection<String> mounted) throws InterruptedException {
        Map<String, Leftover> left = new LinkedHashMap<>();
        Set<String> volumes = new TreeSet<>(mounted);
        for (Map<String, String> labels : owned) {
            for (Containers.Listed container : engine.containers().list(labels)) {
                add(left, container(container));
                engine.containers().find(container.id()).ifPresent(record -> volumes.addAll(record.volumes()));
            }
            for (Networks.Network network : engine.networks().list(labels)) {
                add(left, new Leftover(Leftover.Kind.NETWORK, network.id(), network.name(), "", ""));
            }
            for (Volumes.Volume volume : engine.volumes().list(labels)) {
                add(
                        left,
                        new Leftover(Leftover.Kind.VOLUME, volume.name(), volume.name(), "", service(volume.labels())));
            }
            for (Images.Image image : engine.images().list(labels)) {
                String name = image.tags().isEmpty() ? image.id() : image.tags().getFirst();
                add(left, new Leftover(Leftover.Kind.IMAGE, image.id(), name, "", service(image.labels())));
            }
        }
        addMounted(left, volumes);
        List<Leftover> ordered = new ArrayList<>(left.values());
        ordered.removeIf(thing -> before.things().contains(thing.id()));
        ordered.sort(Comparator.comparing(Leftover::kind).thenComparing(Leftover::name));
        return ordered;
    }

    private void addMounted(Map<String, Leftover> left, Set<String> mounted) throws InterruptedException {
        if (mounted.isEmpty()) {
            return;
        }
        for (Volumes.Volume volume : engine.volumes().list(Map.of())) {
            if (mounted.contains(volume.name())) {
                add(
                        left,
                        new Leftover(
                                Leftover.Kind.VOLUME,
                                volume.name(),
                                volume.name(),
                                "mounted by a container of the run",
                                service(volume.labels())));
            }
        }
    }

    private void add(Map<String, Leftover> left, Leftover thing) {
        if (thing.kind() != Leftover.Kind.VOLUME || !before.volumes().contains(thing.id())) {
            left.putIfAbsent(thing.kind() + thing.id(), thing);
        }
    }

    private static Leftover container(Containers.Listed container) {
        return new Leftover(
                Leftover.Kind.CONTAINER,
                container.id(),
                container.name(),
                "%s, of image %s".formatted(container.status(), container.image()),
                service(container.labels()));
    }

    private static String service(Map<String, String> labels) {
        return labels.getOrDefault(Labels.SERVICE, labels.getOrDefault(Labels.COMPOSE_SERVICE, ""));
    }

    /// Removes a leftover; one that is gone already is fine.
    ///
    /// @return what went wrong; empty if it is gone
    public String remove(Leftover thing) throws InterruptedException {
        try {
            switch (thing.kind()) {
                case CONTAINER -> engine.containers().remove(thing.id(), true);
                case NETWORK -> engine.networks().remove(thing.id());
                case VOLUME -> engine.volumes().remove(thing.id());
                case IMAGE -> engine.images().remove(thing.id());
            }
            return "";
        } catch (EngineException e) {
            if (e.kind() == Kind.UNREACHABLE) {
                throw e;
            }
            return String.valueOf(e.getMessage());
        }
    }
}
