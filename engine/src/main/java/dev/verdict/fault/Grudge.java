package dev.verdict.fault;

import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/// Says whose packets each service loses while a partition lasts. The shapes are Jepsen's
/// (`jepsen.nemesis`: halves, bridge, majorities ring).
///
/// @param lost by the service that would receive; services that lose nothing are left out
record Grudge(Map<String, Set<String>> lost) {
    /// Up to here every node of a majorities ring sees a window of the ring; beyond, such a ring is
    /// no longer symmetric, or too regular to find much.
    private static final int PERFECT_RING = 5;

    /// Of three, everyone would see everyone.
    private static final int SMALLEST_RING = 4;

    Grudge {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        lost.forEach((service, from) -> {
            if (!from.isEmpty()) {
                copy.put(service, Collections.unmodifiableSet(new TreeSet<>(from)));
            }
        });
        lost = Collections.unmodifiableMap(copy);
    }

    /// Works out what a partition means.
    ///
    /// @param everyone the services that have a network of their own, in the plan's order
    /// @param random decides who is on which side
    /// @throws IllegalArgumentException if the target does not fit the partition
    static Grudge of(Partition partition, FaultTarget target, Collection<String> everyone, Random random) {
        return switch (partition) {
            case Partition.Groups groups -> complete(groups.groups(), services(target, everyone));
            case Partition.Isolate _ -> isolated(target, everyone);
            case Partition.Halves _ -> complete(halves(shuffled(target, everyone, random)), List.of());
            case Partition.Bridge _ -> bridge(shuffled(target, everyone, random));
            case Partition.MajoritiesRing _ -> majorities(shuffled(target, everyone, random), random);
            case Partition.OneWay _ -> oneWay(target);
        };
    }

    private static List<String> services(FaultTarget target, Collection<String> everyone) {
        return switch (target) {
            case FaultTarget.OfServices several -> several.services();
            case FaultTarget.OfService(String name) when name.equals("*") -> List.copyOf(everyone);
            case FaultTarget.OfService _, FaultTarget.OfLink _ ->
                throw new IllegalArgumentException(
                        "'%s' is not what this partition divides; allowed are two services or more, or *"
                                .formatted(target));
        };
    }

    private static List<String> shuffled(FaultTarget target, Collection<String> everyone, Random random) {
        List<String> services = new ArrayList<>(services(target, everyone));
        Collections.shuffle(services, random);
        return services;
    }

    private static Grudge isolated(FaultTarget target, Collection<String> everyone) {
        if (!(target instanceof FaultTarget.OfService(String name)) || !everyone.contains(name)) {
            throw new IllegalArgumentException("'%s' cannot be isolated; allowed is one service".formatted(target));
        }
        return complete(List.of(List.of(name)), everyone);
    }

    private static Grudge oneWay(FaultTarget target) {
        if (!(target instanceof FaultTarget.OfLink(String from, String to))) {
            throw new IllegalArgumentException(
                    "'%s' is not a direction; allowed is a link, as orders→stock".formatted(target));
        }
        return new Grudge(Map.of(to, Set.of(from)));
    }

    /// Cuts between groups, both ways.
    ///
    /// @param everyone those in no group are one more group
    private static Grudge complete(List<List<String>> groups, Collection<String> everyone) {
        List<List<String>> all = new ArrayList<>(groups);
        List<String> rest = new ArrayList<>(everyone);
        groups.forEach(rest::removeAll);
        all.add(rest);
        Map<String, Set<String>> lost = new LinkedHashMap<>();
        for (List<String> group : all) {
            Set<String> others = new LinkedHashSet<>();
            all.stream().filter(other -> !other.equals(group)).forEach(others::addAll);
            group.forEach(service -> lost.put(service, others));
        }
        return new Grudge(lost);
    }

    private static List<List<String>> halves(List<String> services) {
        int middle = services.size() / 2;
        return List.of(services.subList(0, middle), services.subList(middle, services.size()));
    }

    private static Grudge bridge(List<String> services) {
        String bridge = services.getLast();
        Map<String, Set<String>> lost = new LinkedHashMap<>();
        complete(halves(services), List.of()).lost().forEach((service, from) -> {
            Set<String> others = new LinkedHashSet<>(from);
            others.remove(bridge);
            lost.put(service, service.equals(bridge) ? Set.of() : others);
        });
        return new Grudge(lost);
    }

    private static Grudge majorities(List<String> services, Random random) {
        if (services.size() < SMALLEST_RING) {
            throw new IllegalArgumentException(
                    "a ring of majorities needs %d services or more, not %d".formatted(SMALLEST_RING, services.size()));
        }
        int majority = services.size() / 2 + 1;
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        services.forEach(service -> seen.put(service, new LinkedHashSet<>(Set.of(service))));
        if (services.size() <= PERFECT_RING) {
            ring(services, majority, seen);
        } else {
            greedy(majority, seen, random);
        }
        Map<String, Set<String>> lost = new LinkedHashMap<>();
        seen.forEach((service, sees) -> {
            Set<String> others = new LinkedHashSet<>(services);
            others.removeAll(sees);
            lost.put(service, others);
        });
        return new Grudge(lost);
    }

    private static void ring(List<String> services, int majority, Map<String, Set<String>> seen) {
        for (int i = 0; i < services.size(); i++) {
            for (int step = 1; step <= majority / 2; step++) {
                link(seen, services.get(i), services.get((i + step) % services.size()));
            }
        }
    }

    /// Links those who see least until all see a majority.
    private static void greedy(int majority, Map<String, Set<String>> seen, Random random) {
        List<String> order = new ArrayList<>(seen.keySet());
        while (true) {
            Collections.shuffle(order, random);
            order.sort(Comparator.comparingInt(service -> sees(seen, service).size()));
            String least = order.getFirst();
            if (sees(seen, least).size() >= majority) {
                return;
            }
            order.stream()
                    .filter(other -> !sees(seen, least).contains(other))
                    .findFirst()
                    .ifPresent(other -> link(seen, least, other));
        }
    }

    private static void link(Map<String, Set<String>> seen, String one, String other) {
        sees(seen, one).add(other);
        sees(seen, other).add(one);
    }

    private static Set<String> sees(Map<String, Set<String>> seen, String service) {
        return seen.getOrDefault(service, Set.of());
    }
}
