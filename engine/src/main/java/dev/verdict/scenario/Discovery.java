package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.plan.Load;
import dev.verdict.plan.Position;
import dev.verdict.plan.Problem;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Discovered.LeftOut;
import dev.verdict.scenario.FeatureFiles.FeatureFile;
import io.cucumber.core.gherkin.Pickle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Finds the scenarios of a suite and checks them without running any.
public final class Discovery {
    private final Path planFile;
    private final Path directory;
    private final Set<String> untouchable;

    /// Prepares for the suites of a plan.
    ///
    /// @param planFile absolute; relative paths start from its folder
    /// @param untouchable names of services that Verdict neither starts nor ends
    public Discovery(Path planFile, Set<String> untouchable) {
        this.untouchable = Set.copyOf(untouchable);
        this.planFile = planFile;
        this.directory = Objects.requireNonNull(planFile.getParent(), "an absolute file has a parent");
    }

    /// Reads every feature file of the suite, expands outlines, applies the selection, and matches
    /// the steps. Mistakes are collected, not thrown. The answer must be closed.
    public Discovered discover(Suite suite, Selection selection) {
        List<Problem> problems = new ArrayList<>();
        FeatureFiles features = new FeatureFiles(directory, suite.features());
        problems.addAll(features.problems());
        List<FoundScenario> selected = new ArrayList<>();
        List<Event.ScenarioFound> beside = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        try {
            SelectionFilter filter = new SelectionFilter(directory, suite, selection);
            select(suite, features.files(), filter, selected, leftOut);
            deal(selection, filter, selected, leftOut);
            for (Event.ScenarioFound found : beside(suite)) {
                filter.leavesOutBeside(found)
                        .ifPresentOrElse(by -> leftOut.add(new LeftOut(found, by)), () -> beside.add(found));
            }
        } catch (RuntimeException e) {
            problems.add(problem(suite, message(e)));
        }
        SuiteGlue glue = glue(suite, problems);
        try {
            StepCheck steps = new StepCheck(glue, untouchable, selected);
            problems.addAll(steps.problems());
            return new Discovered(suite, selected, beside, leftOut, problems, steps.looseSteps(), glue, steps.used());
        } catch (RuntimeException | LinkageError e) {
            problems.add(problem(suite, "the step definitions cannot be used: " + message(e)));
            return new Discovered(suite, selected, beside, leftOut, problems, List.of(), glue, Set.of());
        }
    }

    private static void select(
            Suite suite,
            List<FeatureFile> files,
            SelectionFilter filter,
            List<FoundScenario> selected,
            List<LeftOut> leftOut) {
        for (FeatureFile file : files) {
            for (Pickle pickle : file.feature().getPickles()) {
                FoundScenario scenario = scenario(suite, file, pickle);
                filter.leavesOut(scenario, file.path())
                        .ifPresentOrElse(
                                by -> leftOut.add(new LeftOut(scenario.event(), by)), () -> selected.add(scenario));
            }
        }
    }

    private static void deal(
            Selection selection, SelectionFilter filter, List<FoundScenario> selected, List<LeftOut> leftOut) {
        Set<String> mine = filter.shard(selected);
        selected.removeIf(scenario -> {
            boolean out = !mine.contains(scenario.id());
            if (out) {
                leftOut.add(new LeftOut(scenario.event(), "--shard " + selection.shard()));
            }
            return out;
        });
    }

    /// Returns the suite's loads and its workload as the scenarios that they are.
    private List<Event.ScenarioFound> beside(Suite suite) {
        List<Event.ScenarioFound> found = new ArrayList<>();
        for (Load load : suite.loads()) {
            String name = load.name().equals("load") ? load.words() : load.name();
            found.add(beside(suite, suite.id(load), "load", "load: " + name));
        }
        suite.workload()
                .ifPresent(workload -> found.add(beside(
                        suite,
                        suite.workloadId(),
                        "workload",
                        "workload: " + workload.model().id())));
        return found;
    }

    private Event.ScenarioFound beside(Suite suite, String id, String feature, String name) {
        String file = String.valueOf(planFile.getFileName());
        return new Event.ScenarioFound(id, suite.name(), feature, name, file, 0, List.of());
    }

    private static FoundScenario scenario(Suite suite, FeatureFile file, Pickle pickle) {
        int line = pickle.getLocation().getLine();
        return new FoundScenario(
                suite.name() + "/" + file.uri() + ":" + line,
                suite.name(),
                file.feature().getName().orElse(""),
                pickle.getName(),
                file.uri(),
                line,
                pickle.getTags(),
                PickleView.runnable(pickle));
    }

    /// Returns the suite's step definitions; without any of the user's if these cannot be used.
    private SuiteGlue glue(Suite suite, List<Problem> problems) {
        try {
            return new SuiteGlue(directory, suite);
        } catch (RuntimeException | LinkageError e) {
            problems.add(problem(suite, "the step classes cannot be used: " + message(e)));
            return new SuiteGlue(directory, builtInOnly(suite));
        }
    }

    private static Suite builtInOnly(Suite suite) {
        return new Suite(
                suite.name(), suite.features(), suite.tags(), suite.workers(), suite.timeout(), List.of(), List.of());
    }

    private Problem problem(Suite suite, String message) {
        return new Problem(new Position(planFile.toString(), 1, 1), "suite " + suite.name() + ": " + message);
    }

    private static String message(Throwable e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.toString());
    }
}
