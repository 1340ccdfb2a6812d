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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Remembers the definitions found by one scan of the class path, and tells them to any number of
/// runners: scanning once per runner is what makes Cucumber slow to start in parallel.
final class RecordedGlue implements Glue {
    private final List<Consumer<Glue>> definitions = new ArrayList<>();
    private final Runnable guard;
    private boolean suiteHooks;

    RecordedGlue(Runnable guard) {
        this.guard = guard;
    }

    int size() {
        return definitions.size();
    }

    /// Returns whether something is to run before or after the whole suite.
    boolean hasSuiteHooks() {
        return suiteHooks;
    }

    /// Returns a backend that loads what was recorded, whatever it is asked for.
    Backend backend(Backend scanned) {
        return new Backend() {
            @Override
            public void loadGlue(Glue glue, List<URI> gluePaths) {
                definitions.forEach(definition -> definition.accept(glue));
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
        StepDefinition guarded = new GuardedStep(step, guard);
        definitions.add(glue -> glue.addStepDefinition(guarded));
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
