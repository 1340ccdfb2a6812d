package dev.verdict.environment;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Waits until the process runs the service's own program and not one that was put in front of it.
///
/// @param started when the process was started, on the clock of `System.nanoTime`
record StartedProbe(long pid, long started) implements Probe {
    /// After that time, the program itself must be one of these.
    private static final long FOR_WRAPPERS = Duration.ofSeconds(1).toNanos();

    private static final List<Path> WRAPPERS = Launch.wrappers();

    @Override
    public String name() {
        return "process " + pid + " runs";
    }

    @Override
    public Answer ask(Duration limit, CompletableFuture<?> died) {
        if (died.isDone()) {
            return new Answer(false, "it ended");
        }
        try {
            Path program = Path.of("/proc", Long.toString(pid), "exe").toRealPath();
            for (Path wrapper : WRAPPERS) {
                if (program.equals(wrapper.toRealPath()) && System.nanoTime() - started < FOR_WRAPPERS) {
                    return new Answer(false, wrapper + " still stands in front of it");
                }
            }
        } catch (IOException e) {
            // No such view of a process: that it lives is all that can be known.
            return new Answer(ProcessHandle.of(pid).isPresent(), "it is alive");
        }
        return new Answer(true, "it runs");
    }
}
