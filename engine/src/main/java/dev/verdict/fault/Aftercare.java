package dev.verdict.fault;

import dev.verdict.environment.Aftermath;
import dev.verdict.journal.RunFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Undoes the faults of runs whose Verdict is dead: for `verdict recover`, the next run, and the
/// watchdog.
public final class Aftercare implements Aftermath {
    private static final String LOG = "faults.ndjson";

    /// Undoes the faults of one run, for the watchdog, which knows that its Verdict is dead.
    ///
    /// @param arguments the run's folder
    public static void main(String[] arguments) throws InterruptedException {
        Cleared cleared = new Aftercare().clear(new RunFolder(Path.of(arguments[0])));
        if (!cleared.problems().isEmpty()) {
            // Ends the watchdog with an error, which its output keeps.
            throw new FaultException(String.join("; ", cleared.problems()));
        }
    }

    static Path log(RunFolder run) {
        return run.root().resolve(LOG);
    }

    @Override
    public boolean pending(RunFolder run) {
        return !UndoLog.pending(log(run)).isEmpty();
    }

    @Override
    public Cleared clear(RunFolder run) throws InterruptedException {
        if (!Files.exists(log(run))) {
            return new Cleared(List.of(), List.of());
        }
        // The watchdog and a recovery may come at the same time.
        try (FileChannel channel = FileChannel.open(
                        run.root().resolve(".faults"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock();
                UndoLog log = UndoLog.open(log(run))) {
            return lock.isValid() ? undo(run, log) : new Cleared(List.of(), List.of());
        } catch (IOException | FaultException e) {
            return new Cleared(
                    List.of(), List.of("the faults of %s cannot be undone: %s".formatted(run.id(), e.getMessage())));
        }
    }

    private static Cleared undo(RunFolder run, UndoLog log) throws InterruptedException {
        List<String> done = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (UndoEntry.Announced fault : UndoLog.pending(log(run)).reversed()) {
            Undoing undoing = Undoing.of(fault.steps(), Reach.ofTheDead(run));
            done.addAll(undoing.done());
            undoing.problems()
                    .forEach(problem -> problems.add(
                            "fault %s (%s of %s): %s".formatted(fault.id(), fault.kind(), fault.target(), problem)));
            if (undoing.problems().isEmpty()) {
                log.append(new UndoEntry.Undone(fault.id()));
            }
        }
        return new Cleared(done, problems);
    }
}
