package dev.verdict.run;

import dev.verdict.environment.EnvironmentException;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Text;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Knows the facts that a plan may name: the java that runs Verdict and the run's own data.
///
/// @param artifacts what the plan's artifacts are, as `artifact.model.path`
record Facts(RunFolder folder, long seed, Map<String, String> artifacts) {
    Facts {
        artifacts = Map.copyOf(artifacts);
    }

    /// Knows of no artifact.
    Facts(RunFolder folder, long seed) {
        this(folder, seed, Map.of());
    }

    /// Returns every fact by its name.
    Map<String, String> all() {
        Map<String, String> all = new HashMap<>(artifacts);
        all.put(
                "verdict.java",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.put("run.directory", folder.root().toString());
        all.put("run.id", folder.id());
        all.put("run.seed", Long.toString(seed));
        return all;
    }

    String value(Text.Fact fact) {
        String value = all().get(fact.name());
        if (value == null) {
            // of an artifact that could not be made, or that the plan let through
            throw new EnvironmentException("nothing is known of " + fact.name());
        }
        return value;
    }
}
