package dev.verdict.cli;

import dev.verdict.plan.ResolvedPlan;
import dev.verdict.run.Run;
import dev.verdict.run.RunControl;
import dev.verdict.run.RunId;
import dev.verdict.run.RunRequest;
import dev.verdict.run.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Brings the system up for working by hand.
@Command(
        name = "up",
        description = "Brings the system up and keeps it until ctrl-C; with -d in the background until `verdict down`.")
final class UpCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan file, or its folder.")
    private @Nullable Path plan;

    @Option(
            names = {"-d", "--detach"},
            description = "Return once every service is ready, and leave the system running.")
    private boolean detach;

    @Option(names = "--run-id", hidden = true, description = "The run's id, chosen by the Verdict that detached it.")
    private @Nullable String id;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<ResolvedPlan> resolved = plans.read(plan);
        if (resolved.size() != 1) {
            throw new UsageException("the plan's matrix makes %d systems of it: pick one with --var NAME=VALUE"
                    .formatted(resolved.size()));
        }
        Terminal terminal = streams.terminal();
        if (detach) {
            return new Detached(resolved.getFirst(), terminal).up();
        }
        Recover.before(resolved.getFirst().directory(), terminal);
        return hold(resolved.getFirst(), terminal);
    }

    private int hold(ResolvedPlan resolved, Terminal terminal) {
        RunControl control = new RunControl();
        Held held = new Held(terminal, resolved.plan());
        RunRequest request = new RunRequest(
                resolved,
                id == null ? RunId.next(Clock.systemUTC()) : id,
                Version.number(),
                "up",
                new RunRequest.Options(false, 1, held, true),
                System.getenv());
        Run run = new Run(request, Scope.nothing(), control);
        Progress progress = new Progress(terminal.redacted(run.redactor()), resolved.plan(), false);
        try (Interrupt interrupt = new Interrupt(control, terminal.err())) {
            run.execute(List.of(progress, held));
            int code = held.failed() ? Exit.ENVIRONMENT : Exit.PASS;
            interrupt.exitCode(code);
            return code;
        }
    }
}
