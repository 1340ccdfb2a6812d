package dev.verdict.environment;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Knows the numbers that ports have on this machine: those that Verdict assigned before the start,
/// and those that the container engine chooses, at each start of a container anew.
///
/// Safe for use by several threads.
final class PortNumbers {
    private final Map<String, Map<String, Integer>> assigned = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Integer>> chosen = new ConcurrentHashMap<>();

    /// @param assigned numbers by service, then by the port's name
    PortNumbers(Map<String, Map<String, Integer>> assigned) {
        assigned.forEach((service, numbers) -> this.assigned.put(service, Map.copyOf(numbers)));
    }

    /// Returns what Verdict assigned to a service's ports, by name.
    Map<String, Integer> assigned(String service) {
        return assigned.getOrDefault(service, Map.of());
    }

    Map<String, Map<String, Integer>> assigned() {
        return Map.copyOf(assigned);
    }

    /// Takes the numbers of these ports back: the engine chooses them.
    void leaveToEngine(String service, Set<String> ports) {
        Map<String, Integer> kept = new TreeMap<>(assigned(service));
        kept.keySet().removeAll(ports);
        assigned.put(service, Map.copyOf(kept));
    }

    /// Takes what the engine chose. It stays until the engine chooses again: where nobody listens
    /// meanwhile, connections are refused.
    void chosen(String service, Map<String, Integer> numbers) {
        chosen.put(service, Map.copyOf(numbers));
    }

    /// Returns the number of a port; empty if it is not known.
    OptionalInt of(String service, String port) {
        Integer number = assigned(service)
                .getOrDefault(port, chosen.getOrDefault(service, Map.of()).get(port));
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
