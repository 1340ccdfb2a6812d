package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import dev.verdict.scenario.World;
import java.util.Set;

/// Names a port of a service.
record Address(String service, String port) {
    private static final String USUAL = "http";

    /// Reads `orders` (its only port, or the one named `http`) or `orders.admin`.
    ///
    /// @throws IllegalArgumentException if there is no such service or port, or a port must be said
    static Address parse(World world, String text) {
        var services = world.system().services();
        int dot = text.lastIndexOf('.');
        if (!services.containsKey(text) && dot > 0) {
            return new Address(text.substring(0, dot), text.substring(dot + 1));
        }
        Set<String> ports = services.getOrDefault(text, Set.of());
        if (ports.size() == 1) {
            return new Address(text, ports.iterator().next());
        }
        if (ports.size() > 1 && !ports.contains(USUAL)) {
            throw new IllegalArgumentException(
                    "which port of " + text + "? Write \"" + text + ".PORT\"; it has " + String.join(", ", ports));
        }
        return new Address(text, USUAL);
    }

    /// Returns the scenario's own address, over the gateway.
    Endpoint endpoint(World world) {
        return world.endpoint(service, port);
    }

    /// Returns where the service itself listens: for steps about its life, not its answers.
    Endpoint direct(World world) {
        world.endpoint(service, port);
        return world.system().environment().endpoint(service, port);
    }

    @Override
    public String toString() {
        return service + "." + port;
    }
}
