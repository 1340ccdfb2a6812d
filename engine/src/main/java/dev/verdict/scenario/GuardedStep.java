package dev.verdict.scenario;

import io.cucumber.core.backend.ParameterInfo;
import io.cucumber.core.backend.SourceReference;
import io.cucumber.core.backend.StepDefinition;
import java.util.List;
import java.util.Optional;

/// Asks before each step whether the scenario may go on: a step that swallowed its interruption
/// would otherwise be followed by the next one.
record GuardedStep(StepDefinition step, Runnable guard) implements StepDefinition {
    @Override
    public void execute(Object[] args) {
        guard.run();
        step.execute(args);
    }

    @Override
    public List<ParameterInfo> parameterInfos() {
        return step.parameterInfos();
    }

    @Override
    public String getPattern() {
        return step.getPattern();
    }

    @Override
    public boolean isDefinedAt(StackTraceElement element) {
        return step.isDefinedAt(element);
    }

    @Override
    public String getLocation() {
        return step.getLocation();
    }

    @Override
    public Optional<SourceReference> getSourceReference() {
        return step.getSourceReference();
    }
}
