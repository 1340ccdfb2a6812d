package dev.verdict.scenario;

import dev.verdict.environment.Endpoint;
import dev.verdict.plan.Nearest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is what the steps of one scenario share. Every step class, built-in or the user's, gets it by
/// its constructor.
public final class World {
    /// What may stand between `${` and `}`; `$${` is a literal `${`.
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$\\{|\\$\\{([^${}]*)}");

    private static final List<String> FIELDS = List.of("url", "host", "port", "address");

    private final Instant started = Instant.now();
    private final Evidence evidence;
    private final SystemUnderTest system;
    private final Map<String, String> saved = new TreeMap<>();
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private boolean closed;

    public World(Evidence evidence, SystemUnderTest system) {
        this.evidence = evidence;
        this.system = system;
    }

    /// Returns what takes this scenario's observations and checks.
    public Evidence evidence() {
        return evidence;
    }

    /// Returns when the scenario began: what a service printed before is none of its business.
    public Instant started() {
        return started;
    }

    /// Returns what this scenario may reach.
    public SystemUnderTest system() {
        return system;
    }

    /// Returns the scenario's id.
    public String scenario() {
        return evidence.scenario();
    }

    /// Returns this scenario's own address of a service, which leads over the gateway.
    ///
    /// @throws IllegalArgumentException if there is no such service or port; it names the nearest
    public Endpoint endpoint(String service, String port) {
        Map<String, Set<String>> services = system.services();
        if (!services.containsKey(service)) {
            throw unknown("service", service, services.keySet());
        }
        Set<String> ports = services.get(service);
        if (!ports.contains(port)) {
            throw unknown("port of " + service, port, ports);
        }
        return system.endpoint(scenario(), service, port);
    }

    /// Replaces each `${name}`: by a saved value, else by a variable or secret of the plan, else by
    /// an address as `${orders.http.url}`. `$${` stands for `${`; any other `$` for itself.
    ///
    /// @throws IllegalArgumentException if a name is unknown; it names the nearest known one
    public String expand(String text) {
        if (!text.contains("${")) {
            return text;
        }
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) == null ? "${" : value(match.group(1).strip())));
    }

    /// Keeps a value under a name for later steps of this scenario; a second one replaces it.
    public synchronized void save(String name, String value) {
        saved.put(name, value);
    }

    /// Returns the value that an earlier step saved.
    public synchronized Optional<String> saved(String name) {
        return Optional.ofNullable(saved.get(name));
    }

    /// Closes the resource when the scenario ends, the last one first.
    public synchronized <T extends AutoCloseable> T closing(T resource) {
        if (closed) {
            throw new IllegalStateException("the scenario " + scenario() + " has ended");
        }
        resources.push(resource);
        return resource;
    }

    /// Closes every resource; returns what went wrong with it, and goes on.
    List<Exception> close() {
        List<Exception> failures = new ArrayList<>();
        for (AutoCloseable resource : take()) {
            try {
                resource.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(e);
            } catch (Exception e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private synchronized List<AutoCloseable> take() {
        closed = true;
        List<AutoCloseable> taken = List.copyOf(resources);
        resources.clear();
        return taken;
    }

    private String value(String name) {
        return saved(name)
                .or(() -> Optional.ofNullable(system.vars().get(name)))
                .or(() -> address(name))
                .orElseThrow(() -> unknown("name in ${…}", name, names()));
    }

    private Optional<String> address(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length != 3
                || !FIELDS.contains(parts[2])
                || !system.services().getOrDefault(parts[0], Set.of()).contains(parts[1])) {
            return Optional.empty();
        }
        Endpoint endpoint = endpoint(parts[0], parts[1]);
        return Optional.of(
                switch (parts[2]) {
                    case "url" -> "http://" + endpoint;
                    case "host" -> endpoint.host();
                    case "port" -> Integer.toString(endpoint.port());
                    default -> endpoint.toString();
                });
    }

    private synchronized Set<String> names() {
        Set<String> names = new TreeSet<>(saved.keySet());
        names.addAll(system.vars().keySet());
        system.services()
                .forEach((service, ports) ->
                        ports.forEach(port -> FIELDS.forEach(field -> names.add(service + "." + port + "." + field))));
        return names;
    }

    private static IllegalArgumentException unknown(String what, String name, Collection<String> known) {
        String hint = Nearest.to(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElseGet(() -> "known are " + String.join(", ", known));
        return new IllegalArgumentException("unknown " + what + ": " + name + "; " + hint);
    }
}
