package dev.verdict.cli;

import dev.verdict.journal.Entry;
import dev.verdict.journal.Event;
import dev.verdict.journal.RunFolder;
import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Suite;
import dev.verdict.run.Retrial;
import dev.verdict.run.RunControl;
import dev.verdict.run.Shrinking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Finds the few faults of a schedule that make a suite fail.
@Command(
        name = "shrink",
        description = "Runs the failed suite of a run again and again under fewer, shorter faults, and writes the"
                + " smallest schedule that still fails.")
final class ShrinkCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's id or its folder (default: the latest).")
    private @Nullable String run;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often a schedule must pass before it counts as harmless (default: 3).")
    private int repeat = 3;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "When no further run begins, as 90s or 10min (default: 30min).")
    private String within = "30min";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description =
                    "Where the schedule goes, as YAML for the suite's faults (default: faults.yaml in the run's folder).")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (repeat < 1) {
            throw new UsageException("--repeat takes a number from 1");
        }
        RunFolder folder = Runs.find(plans, run);
        Judged judged = Judged.read(folder);
        Set<String> failed = judged.verdict().scenarios().stream()
                .filter(scenario -> scenario.outcome() == Outcome.FAILED)
                .map(ScenarioResult::id)
                .map(id -> id.replaceFirst("#[0-9]+$", ""))
                .collect(Collectors.toSet());
        Suite suite = suite(judged, failed);
        Path planFile = planFile(judged);
        Terminal terminal = streams.terminal();
        Recover.before(planFile.resolveSibling(""), terminal);
        terminal.line("%s: suite \"%s\", %s"
                .formatted(
                        folder.id(),
                        suite.name(),
                        ShrinkProgress.faults(schedule(judged, suite).size())));
        RunControl control = new RunControl();
        try (Interrupt interrupt = new Interrupt(control, terminal.err())) {
            ShrinkProgress progress = new ShrinkProgress(terminal, ShrinkProgress.time(within));
            Retrial retrial = new Retrial(
                    new Retrial.Subject(judged.plan(), planFile, suite, failed),
                    Version.number(),
                    System.getenv(),
                    control,
                    progress);
            var result = Shrinking.shrink(
                    schedule(judged, suite), retrial, repeat, target -> Narrower.of(target, judged.plan()));
            int code = tell(terminal, folder, suite, retrial, result);
            interrupt.exitCode(control.interrupted().isPresent() ? Exit.INTERRUPTED : code);
            return control.interrupted().isPresent() ? Exit.INTERRUPTED : code;
        }
    }

    /// Returns the suite that failed under faults.
    private static Suite suite(Judged judged, Set<String> failed) {
        Set<String> failing = judged.verdict().scenarios().stream()
                .filter(scenario -> failed.contains(scenario.id()))
                .map(ScenarioResult::suite)
                .collect(Collectors.toSet());
        return judged.plan().suites().stream()
                .filter(suite -> failing.contains(suite.name())
                        && !schedule(judged, suite).isEmpty())
                .findFirst()
                .orElseThrow(() -> new UsageException("run %s has no failed scenario in a suite with faults: %s"
                        .formatted(
                                judged.folder().id(),
                                failing.isEmpty() ? "no scenario failed" : "nothing was planned to disturb them")));
    }

    /// Returns what the journal says was planned: what was drawn, not what would be drawn today.
    private static List<ScheduledFault> schedule(Judged judged, Suite suite) {
        return judged.entries().stream()
                .map(Entry::event)
                .filter(Event.FaultPlanned.class::isInstance)
                .map(Event.FaultPlanned.class::cast)
                .filter(planned -> planned.suite().equals(suite.name()))
                .map(planned -> ScheduledFault.parse(planned.fault()))
                .toList();
    }

    /// Returns the plan's file, where the features are: where it was, if it is still there.
    private Path planFile(Judged judged) {
        Path was = judged.entries().stream()
                .map(Entry::event)
                .filter(Event.RunStarted.class::isInstance)
                .map(event -> Path.of(((Event.RunStarted) event).planFile()))
                .findFirst()
                .orElseThrow();
        return Files.isDirectory(was.resolveSibling("")) ? was : plans.planFile(null);
    }

    private int tell(Terminal terminal, RunFolder folder, Suite suite, Retrial retrial, Shrinking.Result result)
            throws IOException {
        result.stopped().ifPresent(why -> terminal.line(terminal.yellow("stopped: " + why)));
        if (!result.repeated()) {
            terminal.line("the failure did not come again in %d runs of the suite alone: nothing was shrunk"
                    .formatted(result.trials()));
            return Exit.INCONCLUSIVE;
        }
        Path to = output == null ? folder.root().resolve("faults.yaml") : output;
        String yaml = ShrinkProgress.yaml(folder, suite, result);
        Files.writeString(to, yaml);
        terminal.line("");
        terminal.line(yaml.stripTrailing());
        terminal.line("");
        terminal.line("%s after %d runs: %s"
                .formatted(ShrinkProgress.faults(result.schedule().size()), result.trials(), to));
        retrial.lastFailing().ifPresent(id -> terminal.line("the last run that failed: verdict report " + id));
        return Exit.PASS;
    }
}
