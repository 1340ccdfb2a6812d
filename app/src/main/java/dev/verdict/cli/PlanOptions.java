package dev.verdict.cli;

import dev.verdict.plan.PlanReader;
import dev.verdict.plan.ResolvedPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Holds the options that say which plan is meant.
final class PlanOptions {
    static final String FILE_NAME = "verdict.yaml";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "PLAN",
            description = "The plan file, or its folder (default: verdict.yaml here or above).")
    private @Nullable Path file;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "Sets a variable of the plan, or picks a value of its matrix. Repeatable.")
    private Map<String, String> vars = new LinkedHashMap<>();

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "The one of the plan's `environments` that takes the place of its `system`.")
    private @Nullable String environment;

    @Option(names = "--seed", paramLabel = "N", description = "Repeats the random choices of a run with this seed.")
    private @Nullable Long seed;

    /// Returns the options as if only this plan had been given; null for none.
    static PlanOptions at(@Nullable Path plan) {
        PlanOptions options = new PlanOptions();
        options.file = plan;
        return options;
    }

    /// Reads the plan, one for each cell of its matrix.
    ///
    /// @param argument the plan as a positional argument
    List<ResolvedPlan> read(@Nullable Path argument) {
        if (argument != null && file != null) {
            throw new UsageException("the plan is given twice: as %s and with --file %s".formatted(argument, file));
        }
        return PlanReader.read(
                planFile(argument),
                new PlanReader.Options(
                        vars,
                        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                        System.getenv(),
                        Optional.ofNullable(environment)));
    }

    /// Returns the plan file, absolute.
    Path planFile(@Nullable Path argument) {
        Path given = argument != null ? argument : file;
        if (given == null) {
            return above(Path.of("").toAbsolutePath());
        }
        Path path = given.toAbsolutePath().normalize();
        if (Files.isDirectory(path)) {
            path = path.resolve(FILE_NAME);
        }
        if (!Files.isRegularFile(path)) {
            throw new UsageException("there is no plan " + path);
        }
        return path;
    }

    private static Path above(Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(FILE_NAME);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        throw new UsageException("there is no " + FILE_NAME + " in " + start
                + " or above: name one with --file, or write one with `verdict init`");
    }
}
