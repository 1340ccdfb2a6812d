package dev.verdict.plan;

import java.time.Duration;
import java.util.List;

/// Names the feature files that run together, and how.
///
/// @param name unique in the plan
/// @param features files or folders, relative to the plan's folder
/// @param tags a Cucumber tag expression; empty selects everything
/// @param workers how many scenarios run side by side, at least 1
/// @param timeout how long one scenario may take before it is interrupted and failed
/// @param glue packages of the user's own Java steps
/// @param classpath where these are found, relative to the plan's folder
/// @param faults that act while the suite runs
public record Suite(
        String name,
        List<String> features,
        String tags,
        int workers,
        Duration timeout,
        List<String> glue,
        List<String> classpath,
        List<FaultSpec> faults) {
    public Suite {
        features = List.copyOf(features);
        glue = List.copyOf(glue);
        classpath = List.copyOf(classpath);
        faults = List.copyOf(faults);
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
        this(name, features, tags, workers, timeout, glue, classpath, List.of());
    }

    /// Returns the same suite under other faults.
    public Suite under(List<? extends FaultSpec> others) {
        return new Suite(name, features, tags, workers, timeout, glue, classpath, List.copyOf(others));
    }
}
