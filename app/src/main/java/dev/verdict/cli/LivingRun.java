package dev.verdict.cli;

import dev.verdict.environment.Recovery;
import dev.verdict.journal.RunFolder;
import dev.verdict.run.Control;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Finds the run that a command speaks with: the plan's only one that lives.
final class LivingRun {
    @Option(
            names = {"-f", "--file"},
            paramLabel = "PLAN",
            description = "The plan file, or its folder (default: verdict.yaml here or above).")
    private @Nullable Path file;

    @Option(names = "--run", paramLabel = "ID", description = "The run, if several of this plan are up.")
    private @Nullable String id;

    List<Control.Acting> ask(Control.Question question) {
        Control.Answer answer = Control.ask(find(), question);
        if (!answer.error().isEmpty()) {
            throw new UsageException(answer.error());
        }
        return answer.faults();
    }

    private RunFolder find() {
        Path directory = PlanOptions.at(file).planFile(null).resolveSibling("");
        List<RunFolder> living = Recovery.living(directory).keySet().stream()
                .map(RunFolder::new)
                .filter(run -> id == null || run.id().equals(id))
                .toList();
        if (living.isEmpty()) {
            throw new UsageException(
                    id == null ? "nothing is up: `verdict up -d` brings the system up" : "no run " + id + " is up");
        }
        if (living.size() > 1) {
            throw new UsageException("several runs are up: say which with --run "
                    + String.join(
                            " or --run ", living.stream().map(RunFolder::id).toList()));
        }
        return living.getFirst();
    }
}
