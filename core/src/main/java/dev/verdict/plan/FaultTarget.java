package dev.verdict.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Says what a fault disturbs.
public sealed interface FaultTarget {
    /// Is a service, by its name in the plan.
    record OfService(String service) implements FaultTarget {
        @Override
        public String toString() {
            return service;
        }
    }

    /// Is the way from one service or scenario to a service; `*` stands for any.
    record OfLink(String from, String to) implements FaultTarget {
        @Override
        public String toString() {
            return from + "→" + to;
        }
    }

    /// Is several services together, which a partition divides.
    ///
    /// @param services two or more, in the plan's order
    record OfServices(List<String> services) implements FaultTarget {
        public OfServices {
            services = List.copyOf(services);
            if (services.size() < 2 || services.size() != Set.copyOf(services).size()) {
                throw new IllegalArgumentException("a partition divides two services or more, each named once");
            }
        }

        @Override
        public String toString() {
            return String.join(", ", services);
        }
    }

    /// Returns the services that it names; `*` names none.
    default List<String> services() {
        Stream<String> named = switch (this) {
            case OfService(String service) -> Stream.of(service);
            case OfLink(String from, String to) -> Stream.of(from, to);
            case OfServices(List<String> services) -> services.stream();
        };
        return named.filter(name -> !name.equals(LinkFaultKeys.ANY)).toList();
    }

    /// Reads `stock`, `orders→stock` or `orders->stock`; spaces around the arrow count for nothing.
    ///
    /// @throws IllegalArgumentException if a name is missing
    static FaultTarget parse(String text) {
        String[] names = text.strip().split("\\s*(?:→|->)\\s*", -1);
        boolean empty = names.length > 2 || names[0].isEmpty() || names[names.length - 1].isEmpty();
        if (empty) {
            throw new IllegalArgumentException(
                    "'%s' is not a fault's target; allowed are a service, as stock, and a link, as orders→stock"
                            .formatted(Wording.shorten(text)));
        }
        return names.length == 1 ? new OfService(names[0]) : new OfLink(names[0], names[1]);
    }
}
