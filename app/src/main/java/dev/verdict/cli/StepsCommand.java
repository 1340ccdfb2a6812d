package dev.verdict.cli;

import dev.verdict.scenario.steps.StepCatalog;
import dev.verdict.scenario.steps.StepCatalog.KnownStep;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the steps that features can use without any Java.
@Command(name = "steps", description = "Lists the built-in Gherkin steps, each with an example.")
final class StepsCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Option(names = "--search", paramLabel = "WORDS", description = "Only steps that speak of these words.")
    private @Nullable String words;

    @Override
    public Integer call() {
        Terminal terminal = streams.terminal();
        List<KnownStep> steps = words == null ? StepCatalog.all() : StepCatalog.search(List.of(words));
        String family = "";
        for (KnownStep step : steps) {
            if (!step.family().title().equals(family)) {
                family = step.family().title();
                terminal.out().println(terminal.bold(family));
            }
            terminal.out().println("  " + step.keyword() + " " + step.expression());
            terminal.out().println("      " + terminal.dim(step.text()));
            terminal.out().println(step.example().indent(6).stripTrailing());
        }
        if (steps.isEmpty()) {
            terminal.err().println("no built-in step speaks of: " + words);
            return Exit.FAIL;
        }
        return Exit.PASS;
    }
}
