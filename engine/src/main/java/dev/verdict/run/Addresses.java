package dev.verdict.run;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.gateway.Gateway;
import dev.verdict.gateway.Link;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Service;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/// Hands out addresses that lead over the gateway: a link of its own for each user of each port.
final class Addresses {
    private record Key(String from, String service, String port) {}

    private final Gateway gateway;
    private final Plan plan;
    private final BiFunction<String, String, Endpoint> endpoints;
    private final Map<Key, Link> links = new ConcurrentHashMap<>();

    /// @param endpoints answers where a service's port itself listens
    Addresses(Gateway gateway, Plan plan, BiFunction<String, String, Endpoint> endpoints) {
        this.gateway = gateway;
        this.plan = plan;
        this.endpoints = endpoints;
    }

    /// Returns the address at which `from` reaches the port; the same one each time.
    Endpoint of(String from, String service, String port) {
        Link link = links.computeIfAbsent(new Key(from, service, port), key -> {
            String to = service + "." + port;
            if (contained(service)) {
                return gateway.open(from, to, () -> now(service, port));
            }
            Endpoint endpoint = endpoints.apply(service, port);
            return gateway.open(from, to, endpoint.host(), endpoint.port());
        });
        return new Endpoint(link.host(), link.port());
    }

    /// Tells whether it may listen elsewhere once it has started again.
    private boolean contained(String service) {
        Service found = plan.services().get(service);
        return found != null && found.runs().contained();
    }

    private InetSocketAddress now(String service, String port) throws ConnectException {
        try {
            Endpoint endpoint = endpoints.apply(service, port);
            return new InetSocketAddress(endpoint.host(), endpoint.port());
        } catch (EnvironmentException e) {
            throw new ConnectException(e.getMessage());
        }
    }

    /// Closes the links of `from`, which journals what went over them.
    void release(String from) {
        List<Key> keys = new ArrayList<>(links.keySet());
        for (Key key : keys) {
            if (key.from().equals(from)) {
                Link link = links.remove(key);
                if (link != null) {
                    link.close();
                }
            }
        }
    }

    /// Renders an endpoint as the field of a reference asks.
    static String render(Endpoint endpoint, String field) {
        return switch (field) {
            case "url" -> "http://" + endpoint;
            case "host" -> endpoint.host();
            case "port" -> Integer.toString(endpoint.port());
            case "address" -> endpoint.toString();
            default -> throw new IllegalArgumentException("the plan let through the unknown field " + field);
        };
    }
}
