package dev.verdict.cli;

import dev.verdict.run.Control;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the faults that act on a system that is up.
@Command(name = "list", description = "Lists the faults that act now.")
final class FaultListCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private LivingRun run = new LivingRun();

    @Override
    public Integer call() {
        Terminal terminal = streams.terminal();
        List<Control.Acting> faults = run.ask(new Control.Question("list", ""));
        for (Control.Acting fault : faults) {
            long seconds = Duration.between(Instant.parse(fault.since()), Instant.now())
                    .toSeconds();
            terminal.line("%-4s %-20s %s, for %d s now (%s)"
                    .formatted(fault.id(), fault.target(), fault.summary(), seconds, fault.by()));
        }
        if (faults.isEmpty()) {
            terminal.line("no fault acts");
        }
        return Exit.PASS;
    }
}
