package dev.verdict.scenario;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.fault.Faults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Is a system of addresses that a test names, without anything behind them.
public final class FakeSystem implements SystemUnderTest {
    private final Path directory;
    private final Map<String, Set<String>> services = new LinkedHashMap<>();
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();
    private final Map<String, String> vars = new LinkedHashMap<>();
    private final List<String> released = new ArrayList<>();
    private Optional<Environment> environment = Optional.empty();
    private Optional<Faults> faults = Optional.empty();

    public FakeSystem(Path directory) {
        this.directory = directory;
    }

    /// Adds a port of a service.
    public FakeSystem with(String service, String port, Endpoint endpoint) {
        services.computeIfAbsent(service, name -> new LinkedHashSet<>()).add(port);
        endpoints.put(service + "." + port, endpoint);
        return this;
    }

    /// Adds a variable.
    public FakeSystem with(String name, String value) {
        vars.put(name, value);
        return this;
    }

    /// Sets the environment, which is otherwise refused.
    public FakeSystem with(Environment used) {
        environment = Optional.of(used);
        return this;
    }

    /// Returns the scenarios whose addresses were given back, in order.
    public synchronized List<String> released() {
        return List.copyOf(released);
    }

    @Override
    public Map<String, Set<String>> services() {
        return services;
    }

    @Override
    public Endpoint endpoint(String scenario, String service, String port) {
        return Optional.ofNullable(endpoints.get(service + "." + port))
                .orElseThrow(() -> new AssertionError("no such port: " + service + "." + port));
    }

    @Override
    public synchronized void release(String scenario) {
        released.add(scenario);
    }

    @Override
    public Environment environment() {
        return environment.orElseThrow(() -> new AssertionError("this test has no environment"));
    }

    /// Sets the faults, which are otherwise refused.
    public FakeSystem with(Faults used) {
        faults = Optional.of(used);
        return this;
    }

    @Override
    public Faults faults() {
        return faults.orElseThrow(() -> new AssertionError("this test has no faults"));
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Map<String, String> vars() {
        return vars;
    }
}
