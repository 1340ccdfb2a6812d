package dev.verdict.cli;

import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds past runs on disk: their names sort by their start.
final class Runs {
    private Runs() {}

    /// Returns the plan's runs, the latest first.
    static List<RunFolder> of(Path planDirectory) {
        Path folder = planDirectory.resolve(".verdict").resolve("runs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> runs = Files.list(folder)) {
            return runs.filter(run -> Files.isRegularFile(run.resolve("journal.ndjson")))
                    .sorted(Comparator.reverseOrder())
                    .map(RunFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns the run that `name` means: an id, the path of a run's folder or of its journal, or
    /// the plan's latest run if it is null.
    static RunFolder find(PlanOptions plans, @Nullable String name) {
        if (name != null && Files.exists(Path.of(name))) {
            Path path = Path.of(name).toAbsolutePath().normalize();
            return new RunFolder(Files.isDirectory(path) ? path : path.resolveSibling(""));
        }
        Path directory = plans.planFile(null).resolveSibling("");
        List<RunFolder> runs = of(directory);
        if (runs.isEmpty()) {
            throw new UsageException("no run of this plan is on disk: `verdict run` makes one");
        }
        if (name == null) {
            return runs.getFirst();
        }
        List<String> ids = runs.stream().map(RunFolder::id).toList();
        return runs.stream()
                .filter(run -> run.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("there is no run " + name
                        + Nearest.to(name, ids)
                                .map(id -> "; did you mean " + id + "?")
                                .orElse("")));
    }
}
