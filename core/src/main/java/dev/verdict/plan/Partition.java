package dev.verdict.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Cuts the network between services, so that their packets are lost; who reaches whom follows
/// from the services that are its target and, where chance decides, from the run's seed.
public sealed interface Partition extends Fault {
    @Override
    default String kind() {
        return "partition";
    }

    /// Divides services into groups: inside a group all is well, between groups nothing arrives.
    ///
    /// @param groups at least two, none empty, no service in two of them; target services that are
    ///     in no group form one more
    record Groups(List<List<String>> groups) implements Partition {
        public Groups {
            groups = groups.stream().map(List::copyOf).toList();
            Set<String> seen = new HashSet<>();
            if (groups.isEmpty() || groups.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException("a partition needs groups, each with a service or more");
            }
            groups.stream()
                    .flatMap(List::stream)
                    .filter(name -> !seen.add(name))
                    .findFirst()
                    .ifPresent(twice -> {
                        throw new IllegalArgumentException(
                                "service %s is in two groups of a partition".formatted(twice));
                    });
        }

        @Override
        public String summary() {
            return "is divided into "
                    + groups.stream().map(group -> String.join(" ", group)).collect(Collectors.joining(" | "));
        }
    }

    /// Cuts the one target service off from every other.
    record Isolate() implements Partition {
        @Override
        public String summary() {
            return "is isolated";
        }
    }

    /// Divides the target services at random into two halves, the smaller one first.
    record Halves() implements Partition {
        @Override
        public String summary() {
            return "is divided into halves";
        }
    }

    /// Divides them into halves, except for one service that reaches both.
    record Bridge() implements Partition {
        @Override
        public String summary() {
            return "is divided into halves with a bridge";
        }
    }

    /// Lets every service reach a majority, and no two the same one.
    record MajoritiesRing() implements Partition {
        @Override
        public String summary() {
            return "is divided into a ring of majorities";
        }
    }

    /// Loses what goes over the target link from its start to its end; answers still arrive.
    record OneWay() implements Partition {
        @Override
        public String summary() {
            return "is cut in this direction";
        }
    }
}
