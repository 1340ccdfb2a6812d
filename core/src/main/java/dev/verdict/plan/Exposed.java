package dev.verdict.plan;

import java.util.Collection;
import java.util.List;

/// Names the services that can be hit by what takes more than a service that runs.
///
/// @param apart reached over networks of their own: a partition can cut them off
/// @param clocks with a time of day of their own, which can be shifted
record Exposed(List<String> apart, List<String> clocks) {
    Exposed {
        apart = List.copyOf(apart);
        clocks = List.copyOf(clocks);
    }

    static Exposed of(Collection<Service> services) {
        return new Exposed(
                services.stream()
                        .filter(Service::canBeCutOff)
                        .map(Service::name)
                        .toList(),
                services.stream()
                        .filter(service -> service.runs().own().clock())
                        .map(Service::name)
                        .toList());
    }
}
