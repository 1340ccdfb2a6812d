package dev.verdict.cli;

import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Verdict;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Judges a past run again, from its journal alone.
@Command(
        name = "judge",
        description = "Judges a run again from its journal, with today's judges; exits as the run would.")
final class JudgeCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run's id, its folder, or its journal (default: the latest).")
    private @Nullable String run;

    @Option(names = "--json", description = "Print one JSON object, as `verdict run --json` does.")
    private boolean json;

    @Override
    public Integer call() {
        RunFolder folder = Runs.find(plans, run);
        Judged judged = Judged.read(folder);
        Verdict verdict = judged.verdict();
        Terminal terminal = streams.terminal();
        if (json) {
            terminal.out().println(judged.json());
        } else {
            judged.torn().ifPresent(torn -> terminal.err().println("the journal was cut off: " + torn));
            Summary.print(terminal, judged.plan(), folder, verdict);
        }
        return verdict.exitCode();
    }
}
