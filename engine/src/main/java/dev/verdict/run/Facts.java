package dev.verdict.run;

import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Text;
import java.nio.file.Path;

/// Knows the facts that a plan may name: the java that runs Verdict and the run's own data.
record Facts(RunFolder folder, long seed) {
    String value(Text.Fact fact) {
        return switch (fact.name()) {
            case "verdict.java" ->
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
            case "run.directory" -> folder.root().toString();
            case "run.id" -> folder.id();
            case "run.seed" -> Long.toString(seed);
            default -> throw new IllegalArgumentException("the plan let through the unknown fact " + fact.name());
        };
    }
}
