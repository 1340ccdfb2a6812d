package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Names what runs together, and how: feature files, loads, a workload.
///
/// @param name unique in the plan
/// @param features files or folders, relative to the plan's folder; may be empty
/// @param tags a Cucumber tag expression; empty selects everything
/// @param workers how many scenarios run side by side, at least 1
/// @param timeout how long one scenario may take before it is interrupted and failed
/// @param glue packages of the user's own Java steps
/// @param classpath where these are found, relative to the plan's folder
/// @param faults that act while the suite runs
/// @param loads requests that are sent meanwhile
/// @param workload operations that clients do meanwhile, and what must follow from them
public record Suite(
        String name,
        List<String> features,
        String tags,
        int workers,
        Duration timeout,
        List<String> glue,
        List<String> classpath,
        List<FaultSpec> faults,
        List<Load> loads,
        Optional<Workload> workload) {
    public Suite {
        features = List.copyOf(features);
        glue = List.copyOf(glue);
        classpath = List.copyOf(classpath);
        faults = List.copyOf(faults);
        loads = List.copyOf(loads);
    }

    /// Names a suite that nothing disturbs.
    public Suite(
            String name,
            List<String> features,
            String tags,
            int workers,
            Duration timeout,
            List<String> glue,
            List<String> classpath) {
        this(name, features, tags, workers, timeout, glue, classpath, List.of(), List.of(), Optional.empty());
    }

    /// Returns the same suite under other faults.
    public Suite under(List<? extends FaultSpec> others) {
        return new Suite(name, features, tags, workers, timeout, glue, classpath, List.copyOf(others), loads, workload);
    }

    /// Returns the id of the scenario that a load is.
    public String id(Load load) {
        return name + "/load" + (load.name().equals("load") ? "" : " " + load.name());
    }

    /// Returns the id of the scenario that its workload is.
    public String workloadId() {
        return name + "/workload";
    }

    /// Returns the same suite with so many scenarios side by side.
    public Suite with(int others) {
        return new Suite(name, features, tags, others, timeout, glue, classpath, faults, loads, workload);
    }
}
