package dev.verdict.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Writes a past run's report again.
@Command(name = "report", description = "Writes a run's report again from its journal, and prints where it is.")
final class ReportCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run's id, its folder, or its journal (default: the latest).")
    private @Nullable String run;

    @Override
    public Integer call() {
        streams.terminal().out().println(Judged.read(Runs.find(plans, run)).write());
        return 0;
    }
}
