package dev.verdict.cli;

import dev.verdict.plan.PlanSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Prints the plan's JSON Schema.
@Command(
        name = "schema",
        description = "Prints the JSON Schema (draft-07) of a plan, for editors: # yaml-language-server: $schema=FILE")
final class SchemaCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Override
    public Integer call() {
        streams.terminal().out().println(PlanSchema.json());
        return 0;
    }
}
