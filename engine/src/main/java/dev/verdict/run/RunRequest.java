package dev.verdict.run;

import dev.verdict.plan.ResolvedPlan;
import java.util.Map;

/// Asks for one run.
///
/// @param plan what to run
/// @param id the run's name, by [RunId#next]
/// @param version of Verdict, for the journal
/// @param selection which of its scenarios, as it was typed, for the journal
/// @param options how
/// @param environment variables that secrets come from
public record RunRequest(
        ResolvedPlan plan,
        String id,
        String version,
        String selection,
        Options options,
        Map<String, String> environment) {
    public RunRequest {
        environment = Map.copyOf(environment);
    }

    /// Says how to run.
    ///
    /// @param failFast start no scenario after one that did not pass
    /// @param repeat how often each scenario runs, at least 1
    /// @param beforeTeardown waits while the system is to be kept, as for `--keep`
    /// @param answers whether other processes may disturb the system; see [Control]
    public record Options(boolean failFast, int repeat, Pause beforeTeardown, boolean answers) {}

    /// Waits for the user.
    @FunctionalInterface
    public interface Pause {
        /// Keeps a system up for as long as somebody looks at it.
        void await() throws InterruptedException;
    }
}
