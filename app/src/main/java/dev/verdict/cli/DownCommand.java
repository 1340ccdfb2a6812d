package dev.verdict.cli;

import dev.verdict.environment.Recovery;
import dev.verdict.fault.Aftercare;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Takes down what `verdict up` brought up.
@Command(name = "down", description = "Ends every run of this plan that still lives, as ctrl-C would, and cleans up.")
final class DownCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan file, or its folder.")
    private @Nullable Path plan;

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = streams.terminal();
        Path directory = plans.planFile(plan).resolveSibling("");
        Map<Path, ProcessHandle> living = Recovery.living(directory);
        for (Map.Entry<Path, ProcessHandle> run : living.entrySet()) {
            run.getValue().destroy();
            awaitEnd(run.getValue(), run.getKey());
            terminal.out().println("ended run " + run.getKey().getFileName());
        }
        if (living.isEmpty() && Recovery.pending(directory, new Aftercare()).isEmpty()) {
            terminal.out().println("nothing is up");
        }
        return Recover.all(directory, terminal.out()) ? Exit.PASS : Exit.FAIL;
    }

    private static void awaitEnd(ProcessHandle owner, Path folder) throws InterruptedException {
        try {
            owner.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new UsageException("run %s (process %d) does not end; kill it, then `verdict recover`"
                    .formatted(folder.getFileName(), owner.pid()));
        }
    }
}
