package dev.verdict.plan;

import dev.verdict.plan.FaultTarget.OfLink;
import dev.verdict.plan.FaultTarget.OfService;
import dev.verdict.plan.FaultTarget.OfServices;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Defines how a partition stands in a plan: what is divided says in part how.
final class PartitionKeys {
    private static final Several<String> NAMES = Several.of(Kinds.NAME, "a list of services, as [stock, orders]");
    private static final Key<String> INTO = Key.optional(
            "into",
            Kinds.choice("a way to divide", "halves", "bridge", "majoritiesRing"),
            "How a list of services is divided: into halves, halves with a service that reaches both, or so that each"
                    + " reaches a majority.");
    static final Key<List<List<String>>> GROUPS = Key.optional(
            "groups",
            Several.of(NAMES, "a list of lists, as [[stock], [orders, billing]]")
                    .notEmpty(),
            "The groups into which a list of services is divided; the others form one more.");

    static final List<FaultKind> KINDS = List.of(new FaultKind(
            Key.optional(
                    "partition",
                    new Divided(),
                    "Cuts the network: a service off from all others, a link in its one direction, or a list of services"
                            + " into parts."),
            List.of(),
            List.of(INTO, GROUPS),
            PartitionKeys::partition));

    private PartitionKeys() {}

    /// Reads what is divided: a service, a link or a list of services.
    private record Divided() implements Kind<FaultTarget> {
        @Override
        public FaultTarget read(Node node, String path, Reading reading) {
            if (!(node instanceof Node.Sequence)) {
                return RandomFaultKeys.TARGET.read(node, path, reading);
            }
            List<String> services = NAMES.read(node, path, reading);
            try {
                return new OfServices(services);
            } catch (IllegalArgumentException e) {
                reading.problem(path, "partition: " + e.getMessage());
                return standIn();
            }
        }

        @Override
        public FaultTarget standIn() {
            return new OfService("");
        }

        @Override
        public String words() {
            return "a service, a link or a list of services, as [stock, orders, billing]";
        }

        @Override
        public ObjectNode schema() {
            ObjectNode either = Schemas.empty();
            either.putArray("anyOf").add(RandomFaultKeys.TARGET.schema()).add(NAMES.schema());
            return either;
        }
    }

    private static Fault partition(Section section) {
        Optional<String> into = section.optional(INTO);
        Optional<List<List<String>>> groups = section.optional(GROUPS);
        boolean several = section.get(KINDS.getFirst().key()) instanceof OfServices;
        if (several ? into.isPresent() == groups.isPresent() : into.isPresent() || groups.isPresent()) {
            throw new IllegalArgumentException(
                    several
                            ? "say how the services are divided: with either 'into' or 'groups'"
                            : "'into' and 'groups' divide a list of services");
        }
        return switch (section.get(KINDS.getFirst().key())) {
            case OfService _ -> new Partition.Isolate();
            case OfLink _ -> new Partition.OneWay();
            case OfServices _ -> groups.<Fault>map(Partition.Groups::new).orElseGet(() -> into(into.orElseThrow()));
        };
    }

    private static Fault into(String way) {
        return switch (way) {
            case "halves" -> new Partition.Halves();
            case "bridge" -> new Partition.Bridge();
            default -> new Partition.MajoritiesRing();
        };
    }

    /// Writes the kind with its target, and what stands beside it.
    static void write(ObjectNode json, Partition partition, FaultTarget target) {
        if (target instanceof OfServices(List<String> services)) {
            services.forEach(json.putArray(partition.kind())::add);
        } else {
            json.put(partition.kind(), target.toString());
        }
        switch (partition) {
            case Partition.Groups(List<List<String>> groups) -> {
                ArrayNode all = json.putArray(GROUPS.name());
                groups.forEach(group -> group.forEach(all.addArray()::add));
            }
            case Partition.Halves _ -> json.put(INTO.name(), "halves");
            case Partition.Bridge _ -> json.put(INTO.name(), "bridge");
            case Partition.MajoritiesRing _ -> json.put(INTO.name(), "majoritiesRing");
            case Partition.Isolate _, Partition.OneWay _ -> {}
        }
    }
}
