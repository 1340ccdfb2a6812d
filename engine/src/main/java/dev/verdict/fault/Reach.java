package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.RunProcesses;
import dev.verdict.journal.RunFolder;
import java.util.Optional;

/// Holds what an undo can reach.
///
/// @param environment empty if the run's Verdict is dead
/// @param starts whether services are to be started again: not at the end of a run
/// @param by the fault that is undone, for the journal
record Reach(RunFolder folder, RunProcesses processes, Optional<Environment> environment, boolean starts, String by) {
    static Reach ofTheDead(RunFolder folder) {
        return new Reach(folder, new RunProcesses(folder), Optional.empty(), false, "recovery");
    }
}
