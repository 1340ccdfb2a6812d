package dev.verdict.cli;

import dev.verdict.plan.EffectivePlan;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.run.Scope;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.LooseStep;
import dev.verdict.scenario.Selection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a plan and its features, and shows what would run.
@Command(
        name = "validate",
        description = "Checks a plan and its features and starts nothing; prints the effective plan, and where each"
                + " value came from. Exits 2 with every mistake, 4 if a step is undefined or nothing would run.")
final class ValidateCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan file, or its folder.")
    private @Nullable Path plan;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print problems only.")
    private boolean quiet;

    @Override
    public Integer call() {
        int worst = Exit.PASS;
        for (ResolvedPlan resolved : plans.read(plan)) {
            worst = Exit.worse(worst, check(resolved));
        }
        return worst;
    }

    private int check(ResolvedPlan resolved) {
        Terminal terminal = streams.terminal();
        try (Scope scope = Scope.discover(resolved, Selection.ALL, OptionalInt.empty())) {
            if (!quiet) {
                terminal.out().print(EffectivePlan.print(resolved));
                terminal.out().println("# " + ListCommand.scenarios(scope.selected()) + " would run");
            }
            scope.looseSteps().stream().map(ValidateCommand::told).forEach(terminal.err()::println);
            scope.suites().stream()
                    .map(Discovered::nothing)
                    .flatMap(Optional::stream)
                    .forEach(terminal.err()::println);
            boolean sound = scope.looseSteps().isEmpty()
                    && scope.suites().stream()
                            .noneMatch(suite -> suite.nothing().isPresent());
            return sound ? Exit.PASS : Exit.INCONCLUSIVE;
        }
    }

    private static String told(LooseStep step) {
        int others = step.places().size() - 1;
        return step.places().getFirst() + (others == 0 ? ": " : " and %d more: ".formatted(others)) + step.message();
    }
}
