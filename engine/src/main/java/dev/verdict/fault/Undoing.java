package dev.verdict.fault;

import dev.verdict.environment.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Says what came of the steps of an undo: all of them are tried, whatever fails.
record Undoing(List<String> done, List<String> problems) {
    Undoing {
        done = List.copyOf(done);
        problems = List.copyOf(problems);
    }

    static Undoing of(List<UndoStep> steps, Reach reach) throws InterruptedException {
        List<String> done = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (UndoStep step : steps) {
            try {
                String did = step.undo(reach);
                if (!did.isEmpty()) {
                    done.add(did);
                }
            } catch (IOException | FaultException | EnvironmentException | UncheckedIOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new Undoing(done, problems);
    }
}
