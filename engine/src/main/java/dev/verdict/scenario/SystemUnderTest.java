package dev.verdict.scenario;

import dev.verdict.environment.Endpoint;
import dev.verdict.environment.Environment;
import dev.verdict.fault.Faults;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Is what scenarios may reach. The run supplies it; its addresses lead over the gateway.
public interface SystemUnderTest {
    /// Returns the services' names and, for each, its ports' names.
    Map<String, Set<String>> services();

    /// Returns an address of this scenario's own, so that its traffic is counted as its own; the
    /// same one each time.
    ///
    /// @param scenario the scenario's id
    Endpoint endpoint(String scenario, String service, String port);

    /// Gives back the scenario's addresses and journals what went over them.
    void release(String scenario);

    /// Returns the environment, for steps about a service's life and log.
    Environment environment();

    /// Returns what disturbs the system, for steps; a scenario undoes what it began.
    Faults faults();

    /// Returns the plan's folder, which relative paths start from.
    Path directory();

    /// Returns the variables that steps may use as `${name}`: the plan's, the secrets and the run's
    /// facts, as `run.directory`.
    Map<String, String> vars();
}
