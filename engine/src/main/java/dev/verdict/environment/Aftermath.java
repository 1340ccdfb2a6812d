package dev.verdict.environment;

import dev.verdict.journal.RunFolder;
import java.util.List;

/// Clears what a killed run left beside processes and files, before these are ended and removed:
/// another room's part of [Recovery].
public interface Aftermath {
    /// Leaves nothing but what the environment itself clears.
    Aftermath NONE = new Aftermath() {
        @Override
        public boolean pending(RunFolder run) {
            return false;
        }

        @Override
        public Cleared clear(RunFolder run) {
            return new Cleared(List.of(), List.of());
        }
    };

    /// Tells whether something may be left; asked of runs whose Verdict is dead.
    boolean pending(RunFolder run);

    /// Clears it; doing it again does nothing.
    Cleared clear(RunFolder run) throws InterruptedException;

    /// Says what was done.
    ///
    /// @param done a sentence each
    /// @param problems what is still there, a sentence each
    record Cleared(List<String> done, List<String> problems) {
        public Cleared {
            done = List.copyOf(done);
            problems = List.copyOf(problems);
        }
    }
}
