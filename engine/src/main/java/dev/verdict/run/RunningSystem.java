package dev.verdict.run;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.fault.Faults;
import dev.verdict.plan.Plan;
import dev.verdict.plan.Service;
import dev.verdict.scenario.SystemUnderTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Shows scenarios the system that this run brought up.
record RunningSystem(
        Plan plan,
        Path directory,
        Environment environment,
        Faults faults,
        Addresses addresses,
        Facts facts,
        Map<String, String> secrets)
        implements SystemUnderTest {
    @Override
    public Map<String, Set<String>> services() {
        return plan.services().values().stream()
                .collect(Collectors.toMap(
                        Service::name, service -> service.ports().keySet(), (a, _) -> a, LinkedHashMap::new));
    }

    @Override
    public Endpoint endpoint(String scenario, String service, String port) {
        return addresses.of(scenario, service, port);
    }

    @Override
    public void release(String scenario) {
        addresses.release(scenario);
    }

    @Override
    public Map<String, String> vars() {
        Map<String, String> vars = new LinkedHashMap<>(facts.all());
        vars.putAll(plan.vars());
        vars.putAll(secrets);
        return vars;
    }
}
