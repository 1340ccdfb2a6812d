package dev.verdict.scenario;

import dev.verdict.journal.Event;
import io.cucumber.core.gherkin.Pickle;
import java.util.List;

/// Is one scenario of a suite, or one example of an outline, ready to run.
///
/// @param id `SUITE/FILE:LINE`, as in the journal
/// @param feature the feature's name
/// @param uri the file, relative to the plan's folder
/// @param line of the scenario, or of the example's row
/// @param pickle Cucumber's own view of it
public record FoundScenario(
        String id, String suite, String feature, String name, String uri, int line, List<String> tags, Pickle pickle) {
    public FoundScenario {
        tags = List.copyOf(tags);
    }

    /// Returns what the journal says about it.
    public Event.ScenarioFound event() {
        return new Event.ScenarioFound(id, suite, feature, name, uri, line, tags);
    }

    /// Returns the same scenario under the id of its `n`th run; the first keeps its id.
    FoundScenario repetition(int n) {
        return n == 1 ? this : new FoundScenario(id + "#" + n, suite, feature, name, uri, line, tags, pickle);
    }
}
