package dev.verdict.scenario;

import dev.verdict.journal.Event;
import dev.verdict.journal.Event.Keyword;
import dev.verdict.journal.Event.StepStatus;
import dev.verdict.journal.Journal;
import io.cucumber.core.gherkin.Step;
import io.cucumber.plugin.event.HookTestStep;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Result;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestStep;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Journals the steps of one scenario as Cucumber runs them, until the scenario ends or is left
/// behind. The thread of the scenario and the one that watches the clock both speak to it.
final class StepRecorder {
    private final String scenario;
    private final Journal journal;
    private final Map<String, LooseStep> loose;
    private int index = -1;
    private Keyword keyword = Keyword.NONE;
    private @Nullable TestStep current;
    private long startedAt = System.nanoTime();
    private @Nullable Cut cut;
    private boolean cutTold;
    private boolean failed;
    private Optional<String> skippedBy = Optional.empty();
    private boolean ended;
    private @Nullable Thread thread;

    /// Says why a scenario is cut short.
    ///
    /// @param status of the step that it hits: `FAILED` if the scenario is to blame
    record Cut(String reason, StepStatus status) {}

    StepRecorder(String scenario, Journal journal, Map<String, LooseStep> loose) {
        this.scenario = scenario;
        this.journal = journal;
        this.loose = loose;
    }

    synchronized int step() {
        return Math.max(0, index);
    }

    synchronized boolean failed() {
        return failed;
    }

    /// Returns who ended the scenario early without failing it: an assumption, or the user's wish.
    synchronized Optional<String> skippedBy() {
        return failed ? Optional.empty() : skippedBy;
    }

    synchronized void started(TestStep step) {
        index++;
        current = step;
        startedAt = System.nanoTime();
        keyword = keyword(step);
    }

    /// Journals the end of a step; returns whether it failed.
    synchronized boolean finished(TestStep step, Result result) {
        boolean hit = cut != null && !cutTold;
        if (hit) {
            // The interruption has served its end: hooks that clean up need a clear thread.
            Thread.interrupted();
        }
        current = null;
        if (hit) {
            tellCut(step, Objects.requireNonNull(cut), Optional.ofNullable(result.getError()));
        } else {
            tell(step, status(step, result), result.getDuration(), error(step, result));
        }
        return failed;
    }

    /// Throws if the scenario was cut short: no further step may start.
    synchronized void guard() {
        if (cut != null) {
            throw new CutShortException();
        }
    }

    /// Cuts the scenario short: the step that runs, or the next one, ends with this reason.
    synchronized void cut(Cut by) {
        if (cut == null && !ended) {
            cut = by;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /// Names the thread to interrupt; it belongs to the scenario until that has ended.
    synchronized void runsOn(Thread own) {
        thread = own;
    }

    /// Journals that something other than a step failed.
    synchronized void failed(String what, Throwable error) {
        index++;
        emit(what, 0, Keyword.NONE, StepStatus.FAILED, Duration.ZERO, "", Optional.of(UserStack.of(error)));
    }

    /// Ends the record; returns false if it was ended before.
    synchronized boolean end() {
        if (ended) {
            return false;
        }
        if (cut != null && !cutTold) {
            index++;
            tellCut(null, cut, Optional.empty());
        }
        ended = true;
        return true;
    }

    /// Ends the record of a scenario whose thread does not come back.
    ///
    /// @param addition to the reason for which it was cut short
    synchronized boolean leaveBehind(String addition) {
        if (ended) {
            return false;
        }
        Cut by = Objects.requireNonNull(cut, "a scenario is cut short before it is left behind");
        cut = new Cut(by.reason() + "; " + addition, by.status());
        index += current == null ? 1 : 0;
        tellCut(current, cut, Optional.empty());
        ended = true;
        return true;
    }

    private void tellCut(@Nullable TestStep step, Cut by, Optional<Throwable> error) {
        cutTold = true;
        if (by.status() == StepStatus.SKIPPED) {
            skippedBy = Optional.of(by.reason());
        }
        String detail = error.filter(e -> !(e instanceof CutShortException))
                .map(e -> "\n" + UserStack.of(e))
                .orElse("");
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        if (step == null) {
            emit("after the last step", 0, Keyword.NONE, by.status(), took, "", Optional.of(by.reason() + detail));
        } else {
            tell(step, by.status(), took, Optional.of(by.reason() + detail));
        }
    }

    private StepStatus status(TestStep step, Result result) {
        if (result.getError() instanceof CutShortException) {
            return StepStatus.SKIPPED;
        }
        if (result.getStatus() == Status.SKIPPED && result.getError() == null) {
            // Cucumber calls every step behind a failure skipped, but this one could never have run.
            return looseness(step)
                    .map(is -> is.ambiguous() ? StepStatus.AMBIGUOUS : StepStatus.UNDEFINED)
                    .orElse(StepStatus.SKIPPED);
        }
        return switch (result.getStatus()) {
            case PASSED -> StepStatus.PASSED;
            case FAILED -> StepStatus.FAILED;
            case SKIPPED, UNUSED -> StepStatus.SKIPPED;
            case PENDING -> StepStatus.PENDING;
            case UNDEFINED -> StepStatus.UNDEFINED;
            case AMBIGUOUS -> StepStatus.AMBIGUOUS;
        };
    }

    private Optional<String> error(TestStep step, Result result) {
        Throwable error = result.getError();
        if (error instanceof CutShortException) {
            return Optional.empty();
        }
        if (result.getStatus() == Status.SKIPPED && error != null && skippedBy.isEmpty()) {
            skippedBy = Optional.of(Objects.requireNonNullElse(error.getMessage(), error.toString()));
        }
        return switch (status(step, result)) {
            case UNDEFINED, AMBIGUOUS ->
                looseness(step).map(LooseStep::message).or(() -> Optional.of("no single step matches"));
            case PASSED, FAILED, SKIPPED, PENDING -> Optional.ofNullable(error).map(UserStack::of);
        };
    }

    private Optional<LooseStep> looseness(TestStep step) {
        return step instanceof PickleStepTestStep known
                ? Optional.ofNullable(loose.get(known.getStep().getText()))
                : Optional.empty();
    }

    private void tell(TestStep step, StepStatus status, Duration took, Optional<String> error) {
        String location = Objects.requireNonNullElse(step.getCodeLocation(), "");
        switch (step) {
            case PickleStepTestStep known ->
                emit(
                        known.getStep().getText(),
                        known.getStep().getLine(),
                        keyword,
                        status,
                        took,
                        definition(status, location),
                        error);
            case HookTestStep _ -> emit(location, 0, Keyword.NONE, status, took, location, error);
            default -> emit(step.toString(), 0, Keyword.NONE, status, took, location, error);
        }
    }

    private static String definition(StepStatus status, String location) {
        if (status == StepStatus.UNDEFINED || status == StepStatus.AMBIGUOUS) {
            return "";
        }
        return location.startsWith(SuiteGlue.BUILT_IN + ".") ? "verdict" : location;
    }

    private void emit(
            String text,
            int line,
            Keyword word,
            StepStatus status,
            Duration took,
            String definition,
            Optional<String> error) {
        if (ended) {
            return;
        }
        failed |= status == StepStatus.FAILED;
        journal.emit(new Event.StepEnded(scenario, step(), text, line, word, status, took, definition, error));
    }

    private Keyword keyword(TestStep step) {
        if (!(step instanceof PickleStepTestStep known && known.getStep() instanceof Step gherkin)) {
            return keyword;
        }
        return switch (gherkin.getType()) {
            case GIVEN -> Keyword.GIVEN;
            case WHEN -> Keyword.WHEN;
            case THEN -> Keyword.THEN;
            case AND, BUT, OTHER -> keyword;
        };
    }

    /// Ends a step that came after the scenario was cut short.
    static final class CutShortException extends RuntimeException {
        private static final long serialVersionUID = 1;

        CutShortException() {
            super("the scenario was cut short", null, false, false);
        }
    }
}
