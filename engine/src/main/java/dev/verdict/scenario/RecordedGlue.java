package dev.verdict.scenario;

import io.cucumber.core.backend.Backend;
import io.cucumber.core.backend.DataTableTypeDefinition;
import io.cucumber.core.backend.DefaultDataTableCellTransformerDefinition;
import io.cucumber.core.backend.DefaultDataTableEntryTransformerDefinition;
import io.cucumber.core.backend.DefaultParameterTransformerDefinition;
import io.cucumber.core.backend.DocStringTypeDefinition;
import io.cucumber.core.backend.Glue;
import io.cucumber.core.backend.HookDefinition;
import io.cucumber.core.backend.ParameterTypeDefinition;
import io.cucumber.core.backend.Snippet;
import io.cucumber.core.backend.StaticHookDefinition;
import io.cucumber.core.backend.StepDefinition;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers the definitions found by one scan of the class path, and tells them to any number of
/// runners: scanning once per runner is what makes Cucumber slow to start in parallel.
final class RecordedGlue implements Glue {
    private final List<Consumer<Glue>> definitions = new ArrayList<>();
    private final List<StepDefinition> steps = new ArrayList<>();
    private final List<ParameterTypeDefinition> parameterTypes = new ArrayList<>();
    private final Runnable guard;
    private boolean suiteHooks;

    RecordedGlue(Runnable guard) {
        this.guard = guard;
    }

    int size() {
        return definitions.size() + steps.size();
    }

    /// Returns whether something is to run before or after the whole suite.
    boolean hasSuiteHooks() {
        return suiteHooks;
    }

    List<StepDefinition> steps() {
        return steps;
    }

    List<ParameterTypeDefinition> parameterTypes() {
        return parameterTypes;
    }

    /// Returns a backend that loads what was recorded, but of the steps only those that are needed:
    /// each one costs every runner time, once to compile and then for every text.
    Backend backend(Backend scanned, Set<StepDefinition> needed) {
        return new Backend() {
            @Override
            public void loadGlue(Glue glue, List<URI> gluePaths) {
                definitions.forEach(definition -> definition.accept(glue));
                steps.stream().filter(needed::contains).forEach(glue::addStepDefinition);
            }

            @Override
            public void buildWorld() {
                scanned.buildWorld();
            }

            @Override
            public void disposeWorld() {
                scanned.disposeWorld();
            }

            @Override
            public @Nullable Snippet getSnippet() {
                return null; // see StepSnippet
            }
        };
    }

    @Override
    public void addStepDefinition(StepDefinition step) {
        steps.add(new GuardedStep(step, guard));
    }

    @Override
    public void addBeforeAllHook(StaticHookDefinition hook) {
        suiteHooks = true;
        definitions.add(glue -> glue.addBeforeAllHook(hook));
    }

    @Override
    public void addAfterAllHook(StaticHookDefinition hook) {
        suiteHooks = true;
        definitions.add(glue -> glue.addAfterAllHook(hook));
    }

    @Override
    public void addBeforeHook(HookDefinition hook) {
        definitions.add(glue -> glue.addBeforeHook(hook));
    }

    @Override
    public void addAfterHook(HookDefinition hook) {
        definitions.add(glue -> glue.addAfterHook(hook));
    }

    @Override
    public void addBeforeStepHook(HookDefinition hook) {
        definitions.add(glue -> glue.addBeforeStepHook(hook));
    }

    @Override
    public void addAfterStepHook(HookDefinition hook) {
        definitions.add(glue -> glue.addAfterStepHook(hook));
    }

    @Override
    public void addParameterType(ParameterTypeDefinition type) {
        parameterTypes.add(type);
        definitions.add(glue -> glue.addParameterType(type));
    }

    @Override
    public void addDataTableType(DataTableTypeDefinition type) {
        definitions.add(glue -> glue.addDataTableType(type));
    }

    @Override
    public void addDefaultParameterTransformer(DefaultParameterTransformerDefinition transformer) {
        definitions.add(glue -> glue.addDefaultParameterTransformer(transformer));
    }

    @Override
    public void addDefaultDataTableEntryTransformer(DefaultDataTableEntryTransformerDefinition transformer) {
        definitions.add(glue -> glue.addDefaultDataTableEntryTransformer(transformer));
    }

    @Override
    public void addDefaultDataTableCellTransformer(DefaultDataTableCellTransformerDefinition transformer) {
        definitions.add(glue -> glue.addDefaultDataTableCellTransformer(transformer));
    }

    @Override
    public void addDocStringType(DocStringTypeDefinition type) {
        definitions.add(glue -> glue.addDocStringType(type));
    }
}
