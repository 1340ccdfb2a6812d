package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Net;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.Nearest;
import dev.verdict.plan.Partition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// Loses packets between services that have networks of their own: each drops, by nftables in its
/// own namespace, what comes from those it shall not hear.
final class Partitioning implements Disturbance {
    private final Map<Net, Set<String>> lost = new LinkedHashMap<>();
    private final String table;

    /// Works out who shall not hear whom.
    ///
    /// @param services all of the plan, in its order
    /// @throws FaultException if the target does not fit, or a service shares this machine's
    ///     network
    Partitioning(
            Partition partition,
            FaultTarget target,
            String id,
            RunFolder folder,
            Environment environment,
            Collection<String> services,
            RandomGenerator random) {
        named(partition, target).forEach(service -> net(service, environment, services));
        List<String> apart = services.stream()
                .filter(service -> environment.net(service).isPresent())
                .toList();
        table = "verdict_%08x_%s"
                .formatted(folder.root().toAbsolutePath().normalize().hashCode(), id);
        Grudge grudge = grudge(partition, target, apart, random);
        grudge.lost().forEach((service, from) -> {
            Set<String> addresses = new TreeSet<>();
            from.forEach(
                    other -> addresses.addAll(net(other, environment, services).addresses()));
            lost.computeIfAbsent(net(service, environment, services), _ -> new TreeSet<>())
                    .addAll(addresses);
        });
        if (lost.isEmpty()) {
            throw new FaultException(
                    "a partition of %s cuts nothing: at least two services must have networks".formatted(target)
                            + " of their own ('network: own', or containers)");
        }
    }

    private static Grudge grudge(
            Partition partition, FaultTarget target, List<String> services, RandomGenerator random) {
        try {
            return Grudge.of(partition, target, services, Random.from(random));
        } catch (IllegalArgumentException e) {
            throw new FaultException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Set<String> named(Partition partition, FaultTarget target) {
        Set<String> named = new HashSet<>();
        switch (target) {
            case FaultTarget.OfService(String service) -> named.add(service);
            case FaultTarget.OfServices(List<String> services) -> named.addAll(services);
            case FaultTarget.OfLink(String from, String to) -> named.addAll(Set.of(from, to));
        }
        if (partition instanceof Partition.Groups groups) {
            groups.groups().forEach(named::addAll);
        }
        named.remove("*");
        return named;
    }

    private static Net net(String service, Environment environment, Collection<String> services) {
        if (!services.contains(service)) {
            throw new FaultException("there is no service %s%s"
                    .formatted(
                            service,
                            Nearest.to(service, services)
                                    .map(nearest -> "; did you mean " + nearest + "?")
                                    .orElse("; the plan has " + String.join(", ", services))));
        }
        return environment
                .net(service)
                .orElseThrow(() -> new FaultException(
                        "service %s cannot be cut off: it has no network of its own, as 'network: own' and a container that runs have"
                                .formatted(service)));
    }

    @Override
    public List<UndoStep> undo() {
        return lost.keySet().stream()
                .<UndoStep>map(net -> new Heal(net.namespace().toString(), table))
                .toList();
    }

    @Override
    public void act() throws InterruptedException {
        for (var entry : lost.entrySet()) {
            nft(entry.getKey().namespace().toString(), rules(entry.getValue()));
        }
    }

    private String rules(Set<String> addresses) {
        StringBuilder rules = new StringBuilder("add table inet %s\n".formatted(table));
        rules.append("add chain inet %s in { type filter hook input priority -10 ; }\n".formatted(table));
        for (String family : List.of("ip", "ip6")) {
            String list = String.join(
                    ", ",
                    addresses.stream()
                            .filter(address -> family.equals(address.contains(":") ? "ip6" : "ip"))
                            .toList());
            if (!list.isEmpty()) {
                rules.append("add rule inet %s in %s saddr { %s } drop\n".formatted(table, family, list));
            }
        }
        return rules.toString();
    }

    private static String nft(String namespace, String commands) throws InterruptedException {
        return Programs.run("nsenter", "--net=" + namespace, "nft", commands);
    }

    /// Removes the rules; a namespace that is gone took them along.
    record Heal(String namespace, String table) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            if (!Files.exists(Path.of(namespace))
                    || nft(namespace, "list tables").lines().noneMatch(("table inet " + table)::equals)) {
                return "";
            }
            nft(namespace, "delete table inet " + table);
            return "the network %s is whole again".formatted(namespace);
        }
    }
}
