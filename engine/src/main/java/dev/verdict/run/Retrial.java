package dev.verdict.run;

import dev.verdict.judge.Outcome;
import dev.verdict.judge.ScenarioResult;
import dev.verdict.plan.Phase;
import dev.verdict.plan.Plan;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Suite;
import dev.verdict.scenario.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// Runs one suite of a plan again under other faults, to see whether it still fails as it did.
/// Runs that do not are removed: nobody asked for them.
public final class Retrial implements Shrinking.Trial {
    private final Subject subject;
    private final String version;
    private final Map<String, String> environment;
    private final RunControl control;
    private final Watch watch;
    private Optional<String> lastFailing = Optional.empty();

    /// Says what is tried.
    ///
    /// @param file the plan's, which its relative paths start from
    /// @param suite which failed
    /// @param failed ids of its scenarios of which one must fail again
    public record Subject(Plan plan, Path file, Suite suite, Set<String> failed) {
        public Subject {
            failed = Set.copyOf(failed);
        }
    }

    /// Is told about each run, and may end the search.
    public interface Watch {
        /// Tells that a run is about to start.
        ///
        /// @throws Shrinking.Stopped if none is to start any more
        void starting(List<ScheduledFault> schedule) throws Shrinking.Stopped;

        /// Tells how it ended.
        void ended(List<ScheduledFault> schedule, boolean fails);
    }

    /// Prepares.
    ///
    /// @param version of Verdict, for the journals
    /// @param environment variables that secrets come from
    public Retrial(Subject subject, String version, Map<String, String> environment, RunControl control, Watch watch) {
        this.subject = subject;
        this.version = version;
        this.environment = Map.copyOf(environment);
        this.control = control;
        this.watch = watch;
    }

    /// Returns the id of the last run that failed.
    public Optional<String> lastFailing() {
        return lastFailing;
    }

    @Override
    public boolean fails(List<ScheduledFault> schedule) throws Shrinking.Stopped {
        watch.starting(schedule);
        RunResult result = run(schedule);
        if (control.interrupted().isPresent()) {
            throw new Shrinking.Stopped("interrupted");
        }
        boolean fails = result.verdict().scenarios().stream().anyMatch(this::isTheFailure);
        if (fails) {
            lastFailing = Optional.of(result.folder().id());
        } else {
            remove(result.folder().root());
        }
        watch.ended(schedule, fails);
        return fails;
    }

    private boolean isTheFailure(ScenarioResult scenario) {
        return scenario.outcome() == Outcome.FAILED && subject.failed().contains(scenario.id());
    }

    private RunResult run(List<ScheduledFault> schedule) {
        Phase phase = new Phase("shrink", List.of(subject.suite().under(schedule)));
        Plan plan = subject.plan();
        Plan alone = new Plan(plan.name(), plan.seed(), plan.vars(), plan.secrets(), plan.services(), List.of(phase));
        ResolvedPlan resolved = ResolvedPlan.of(alone, subject.file());
        RunRequest request = new RunRequest(
                resolved,
                RunId.next(Clock.systemUTC()),
                version,
                "shrink",
                new RunRequest.Options(false, 1, () -> {}, false),
                environment);
        try (Scope scope = Scope.discover(resolved, Selection.ALL, OptionalInt.empty())) {
            return new Run(request, scope, control).execute(List.of());
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
