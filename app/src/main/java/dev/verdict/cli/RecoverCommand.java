package dev.verdict.cli;

import dev.verdict.environment.Recovery;
import dev.verdict.fault.Aftercare;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes what a killed run left.
@Command(
        name = "recover",
        description = "Ends and removes what runs of this plan left that were killed; never touches a run that lives.")
final class RecoverCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan file, or its folder.")
    private @Nullable Path plan;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = streams.terminal();
        Path directory = plans.planFile(plan).resolveSibling("");
        if (Recovery.pending(directory, new Aftercare()).isEmpty()) {
            terminal.out().println("nothing to recover");
            return Exit.PASS;
        }
        return Recover.all(directory, terminal.out()) ? Exit.PASS : Exit.FAIL;
    }
}
