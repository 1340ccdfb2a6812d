package dev.verdict.cli;

import dev.verdict.journal.Event;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.run.Scope;
import dev.verdict.scenario.FoundScenario;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Lists the scenarios that a run would select.
@Command(name = "list", description = "Lists the scenarios that `verdict run` with the same words would run.")
final class ListCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Mixin
    private SelectionOptions selections = new SelectionOptions();

    @Override
    public Integer call() {
        Terminal terminal = streams.terminal();
        for (ResolvedPlan plan : plans.read(selections.plan())) {
            try (Scope scope = Scope.discover(plan, selections.selection(plan), OptionalInt.empty())) {
                scope.suites().stream()
                        .flatMap(suite -> Stream.concat(
                                suite.selected().stream().map(FoundScenario::event), suite.beside().stream()))
                        .forEach(scenario -> terminal.out().println(line(scenario)));
                terminal.out()
                        .println(scenarios(scope.selected()) + " in "
                                + plan.plan().name());
            }
        }
        return Exit.PASS;
    }

    static String scenarios(int count) {
        return count == 1 ? "1 scenario" : count + " scenarios";
    }

    private static String line(Event.ScenarioFound scenario) {
        return "%s  %s  %s"
                .formatted(
                        ScenarioResult.place(scenario.uri(), scenario.line()),
                        scenario.name(),
                        String.join(" ", scenario.tags()))
                .stripTrailing();
    }
}
