package dev.verdict.judge;

import java.time.Duration;
import java.util.List;

/// Says what became of one scenario.
///
/// @param id as in the journal
/// @param reason why it is not passed, one sentence; empty for passed
/// @param observations how many were journaled
/// @param checks how many were journaled
public record ScenarioResult(
        String id,
        String phase,
        String suite,
        String feature,
        String name,
        String uri,
        int line,
        List<String> tags,
        Outcome outcome,
        String reason,
        Duration took,
        int observations,
        int checks) {
    public ScenarioResult {
        tags = List.copyOf(tags);
    }

    /// Returns where it stands, as `FILE:LINE`.
    public String place() {
        return place(uri, line);
    }

    /// Returns where a scenario stands: a load or a workload is in the plan, at no line of its own.
    public static String place(String uri, int line) {
        return line == 0 ? uri : uri + ":" + line;
    }
}
