package dev.verdict.cli;

import dev.verdict.run.Control;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Undoes faults on a system that is up.
@Command(name = "undo", description = "Undoes a fault, or all.")
final class FaultUndoCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private LivingRun run = new LivingRun();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "The faults, as `verdict fault list` numbers them.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "All faults.")
    private boolean all;

    @Override
    public Integer call() {
        if (all != ids.isEmpty()) {
            throw new UsageException("say which faults are undone: their ids, or --all");
        }
        List<Control.Question> questions = all
                ? List.of(new Control.Question("undoAll", ""))
                : ids.stream().map(id -> new Control.Question("undo", id)).toList();
        Terminal terminal = streams.terminal();
        for (Control.Question question : questions) {
            run.ask(question)
                    .forEach(fault -> terminal.line(
                            "undone: fault %s, %s %s".formatted(fault.id(), fault.target(), fault.summary())));
        }
        return Exit.PASS;
    }
}
