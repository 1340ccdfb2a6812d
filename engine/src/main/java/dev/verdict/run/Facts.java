package dev.verdict.run;

import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Text;
import java.nio.file.Path;
import java.util.Map;

/// Knows the facts that a plan may name: the java that runs Verdict and the run's own data.
record Facts(RunFolder folder, long seed) {
    /// Returns every fact by its name.
    Map<String, String> all() {
        return Map.of(
                "verdict.java",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "run.directory", folder.root().toString(),
                "run.id", folder.id(),
                "run.seed", Long.toString(seed));
    }

    String value(Text.Fact fact) {
        String value = all().get(fact.name());
        if (value == null) {
            throw new IllegalArgumentException("the plan let through the unknown fact " + fact.name());
        }
        return value;
    }
}
