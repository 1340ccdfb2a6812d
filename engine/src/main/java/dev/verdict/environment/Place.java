package dev.verdict.environment;

import java.util.Map;

/// Says where a service runs, for whoever has to act on it from outside.
public sealed interface Place {
    /// Is a tree of processes of this machine.
    ///
    /// @param pid its root
    record Processes(long pid) implements Place {}

    /// Is a container.
    ///
    /// @param id as its engine gave it, in full
    /// @param pid its main process on the engine's machine; 0 if the engine did not tell
    /// @param alike how many such containers the service has: this is one of them
    /// @param mounts where paths of the engine's machine appear in it, by their place inside
    record Container(String id, long pid, int alike, Map<String, String> mounts) implements Place {
        public Container {
            mounts = Map.copyOf(mounts);
        }
    }

    /// Is out of Verdict's hands: it ran before the run, which only uses it.
    record Elsewhere() implements Place {}
}
