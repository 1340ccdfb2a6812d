package dev.verdict.cli;

import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.scenario.Selection;
import io.cucumber.tagexpressions.TagExpressionException;
import io.cucumber.tagexpressions.TagExpressionParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds what says which scenarios are meant. A word that ends like a feature file, or is a
/// folder of them without a plan, selects scenarios; any other is the plan.
final class SelectionOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "PLAN|FEATURE[:LINE]",
            description = "The plan file or its folder, and feature files, folders or lines of it.")
    private List<String> words = List.of();

    @Option(
            names = {"-t", "--tags"},
            paramLabel = "EXPRESSION",
            description = "Only scenarios whose tags match, as '@smoke and not @slow'.")
    private String tags = "";

    @Option(
            names = {"-n", "--name"},
            paramLabel = "TEXT",
            description = "Only scenarios whose name contains the text, or a match of the regular expression."
                    + " Repeatable.")
    private List<String> names = List.of();

    @Option(names = "--shard", paramLabel = "I/N", description = "Only the I-th of N parts, as 2/4.")
    private String shard = "1/1";

    @Option(names = "--last-failed", description = "Only scenarios that did not pass in the latest run.")
    private boolean lastFailed;

    /// Returns the plan among the words; null if there is none.
    @Nullable
    Path plan() {
        List<String> plans = words.stream().filter(word -> !isFeature(word)).toList();
        if (plans.size() > 1) {
            throw new UsageException("more than one plan is given: " + String.join(", ", plans));
        }
        return plans.isEmpty() ? null : Path.of(plans.getFirst());
    }

    /// Returns what the words and options select of this plan.
    Selection selection(ResolvedPlan plan) {
        List<String> paths = words.stream()
                .filter(SelectionOptions::isFeature)
                .map(word -> located(word, plan.directory()))
                .toList();
        checkTags();
        return new Selection(tags, names, paths, ids(plan), parseShard());
    }

    private void checkTags() {
        try {
            TagExpressionParser.parse(tags);
        } catch (TagExpressionException e) {
            throw new UsageException("--tags: " + e.getMessage());
        }
    }

    private Selection.Shard parseShard() {
        try {
            return Selection.Shard.parse(shard);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--shard: " + e.getMessage());
        }
    }

    private Set<String> ids(ResolvedPlan plan) {
        if (!lastFailed) {
            return Set.of();
        }
        Judged latest = Judged.latestWithScenarios(plan)
                .orElseThrow(() -> new UsageException(
                        "--last-failed: no run of " + plan.plan().name() + " is on disk"));
        Set<String> ids = latest.verdict().scenarios().stream()
                .filter(result -> result.outcome().compareTo(Outcome.PASSED) > 0)
                .map(ScenarioResult::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (ids.isEmpty()) {
            throw new UsageException("--last-failed: in run " + latest.folder().id() + " every scenario passed");
        }
        return ids;
    }

    private static boolean isFeature(String word) {
        return word.matches(".*\\.feature(:\\d+)*") || holdsFeatures(Path.of(word));
    }

    private static boolean holdsFeatures(Path folder) {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve(PlanOptions.FILE_NAME))) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".feature"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A path as typed counts from the working folder; if nothing is there, from the plan's.
    private static String located(String word, Path planDirectory) {
        String path = word.replaceFirst("(:\\d+)*$", "");
        Path typed = Path.of(path).toAbsolutePath().normalize();
        return Stream.of(typed, planDirectory.resolve(path))
                        .filter(Files::exists)
                        .findFirst()
                        .orElseThrow(() -> new UsageException("there is no feature file " + typed))
                + word.substring(path.length());
    }
}
