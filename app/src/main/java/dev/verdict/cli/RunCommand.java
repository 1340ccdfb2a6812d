package dev.verdict.cli;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.run.Run;
import dev.verdict.run.RunControl;
import dev.verdict.run.RunId;
import dev.verdict.run.RunRequest;
import dev.verdict.run.RunResult;
import dev.verdict.run.Scope;
import dev.verdict.scenario.Discovered;
import dev.verdict.scenario.Selection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a plan to its verdict.
@Command(
        name = "run",
        description = "Brings the system up, runs the plan, takes everything down, judges, and writes the report.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:pass",
            "1:fail",
            "2:the command line or the plan is invalid; nothing was started",
            "3:the environment did not come up, or broke by itself",
            "4:inconclusive: nothing ran, hollow, undefined, unmeasured",
            "130:interrupted, after teardown"
        })
final class RunCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Mixin
    private SelectionOptions selections = new SelectionOptions();

    @Option(
            names = {"-j", "--workers"},
            paramLabel = "N",
            description = "Scenarios side by side in every suite (default: as the plan says).")
    private int workers;

    @Option(names = "--fail-fast", description = "Start no scenario after the first that did not pass.")
    private boolean failFast;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Run each scenario N times; refused if loads or workloads are selected.")
    private int repeat = 1;

    @Option(names = "--keep", description = "Keep the system up after the scenarios, until ctrl-C.")
    private boolean keep;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print the verdict only.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print a line for each passed scenario, too.")
    private boolean verbose;

    @Option(
            names = "--json",
            description = "Print the result as one JSON object and nothing else; see docs/run-json.md.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (repeat < 1 || workers < 0) {
            throw new UsageException("--repeat and --workers take a number from 1");
        }
        int worst = 0;
        for (ResolvedPlan plan : plans.read(selections.plan())) {
            int code = run(plan);
            worst = Exit.worse(worst, code);
            if (code == Exit.INTERRUPTED) {
                break;
            }
        }
        return worst;
    }

    private int run(ResolvedPlan plan) throws InterruptedException {
        Terminal terminal = streams.terminal();
        Selection selection = selections.selection(plan);
        OptionalInt side = workers == 0 ? OptionalInt.empty() : OptionalInt.of(workers);
        try (Scope scope = Scope.discover(plan, selection, side)) {
            if (scope.selected() == 0) {
                scope.suites().stream()
                        .map(Discovered::nothing)
                        .flatMap(Optional::stream)
                        .forEach(terminal.err()::println);
            }
            refuseToRepeatWhatRunsOnce(scope);
            Recover.before(plan.directory(), terminal);
            return run(terminal, plan, scope, selection);
        }
    }

    /// A load or workload that ran once of N times would prove less than was asked for.
    private void refuseToRepeatWhatRunsOnce(Scope scope) {
        List<String> once = scope.suites().stream()
                .flatMap(suite -> suite.beside().stream())
                .map(Event.ScenarioFound::id)
                .toList();
        if (repeat > 1 && !once.isEmpty()) {
            throw new UsageException("--repeat runs scenarios again, but no load or workload: leave out "
                    + String.join(", ", once) + " with --tags or --name");
        }
    }

    private int run(Terminal terminal, ResolvedPlan plan, Scope scope, Selection selection) {
        if (plan.plan().phases().stream()
                .flatMap(phase -> phase.suites().stream())
                .anyMatch(suite -> !suite.glue().isEmpty())) {
            Ending.foreignCode();
        }
        RunControl control = new RunControl();
        Held held = new Held(terminal, plan.plan());
        RunRequest request = new RunRequest(
                plan,
                RunId.next(Clock.systemUTC()),
                Version.number(),
                selection.source(),
                new RunRequest.Options(failFast, repeat, new Keep(keep, terminal, held), keep),
                System.getenv());
        Run run = new Run(request, scope, control);
        Progress progress = new Progress(terminal.redacted(run.redactor()), plan.plan(), verbose);
        List<Journal> listeners = quiet || json ? List.of(held) : List.of(progress, held);
        try (Interrupt interrupt = new Interrupt(control, terminal.err())) {
            RunResult result = run.execute(listeners);
            interrupt.exitCode(result.verdict().exitCode());
            tell(terminal, Judged.of(result));
            return result.verdict().exitCode();
        }
    }

    private void tell(Terminal terminal, Judged judged) {
        var page = judged.write();
        if (json) {
            terminal.out().println(judged.json());
            return;
        }
        Summary.print(terminal, judged.plan(), judged.folder(), judged.verdict());
        if (!quiet) {
            terminal.out().println("report " + page);
        }
    }
}
