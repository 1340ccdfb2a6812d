package dev.verdict.fault;

import dev.verdict.journal.RunFolder;
import org.jspecify.annotations.Nullable;

/// Sees to it that a fault ends even if Verdict does not live to end it: what undoes it is on the
/// disk, and somebody waits for Verdict's death. For use under its owner's lock.
final class Precaution {
    private final RunFolder folder;
    private @Nullable UndoLog log;
    private @Nullable Watchdog watchdog;

    Precaution(RunFolder folder) {
        this.folder = folder;
    }

    /// Takes precautions; when this returns, the fault may act.
    ///
    /// @throws FaultException if they cannot be taken
    void before(UndoEntry.Announced announced) {
        if (log == null) {
            log = UndoLog.open(Aftercare.log(folder));
        }
        log.append(announced);
        boolean needed = announced.steps().stream().anyMatch(UndoStep::outlivesVerdict);
        if (needed && (watchdog == null || !watchdog.alive())) {
            watchdog = Watchdog.over(folder);
        }
    }

    /// Notes that nothing of a fault is left.
    void after(String id) {
        if (log != null) {
            log.append(new UndoEntry.Undone(id));
        }
    }

    /// Ends; what is left is the watchdog's.
    void end(boolean nothingLeft) {
        if (watchdog != null && nothingLeft) {
            watchdog.close();
        }
        if (log != null) {
            log.close();
        }
    }
}
