package dev.verdict.scenario.steps;

import java.time.Duration;
import java.util.List;

/// Is a source where every look asks the system itself: a file, a log, a metric, a process.
record Look(String label, Eye eye) implements Source {
    /// Reads the system and journals what it saw.
    interface Eye {
        Content look() throws NoAnswer, InterruptedException;
    }

    @Override
    public List<Content> look() throws NoAnswer, InterruptedException {
        return List.of(eye.look());
    }

    @Override
    public void refresh(Duration atMost) {}
}
