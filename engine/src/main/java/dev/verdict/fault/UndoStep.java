package dev.verdict.fault;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;

/// Takes back one thing that a fault did. A step is data: it is on the disk before the fault acts,
/// and whoever finds it there later, in another process, knows enough to undo it.
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
sealed interface UndoStep
        permits Cgroups.Remove,
                ContainerBounds.Unbound,
                Damage.Restore,
                Damage.RestoreInside,
                Clock.SetRight,
                Disks.MakeWritable,
                Disks.RemoveFiller,
                EndProcesses,
                Leaving.Rejoin,
                Life.Start,
                OpenFiles.Allow,
                Partitioning.Heal,
                Pausing.Resume {
    /// Undoes. It must be right to do it again, and to do it when the fault never acted or was cut
    /// off half-way.
    ///
    /// @return what was done, a sentence for people; empty if nothing had to be
    /// @throws FaultException if something is still there
    String undo(Reach reach) throws InterruptedException, IOException;

    /// Tells whether what it undoes may outlive Verdict: otherwise nobody has to do it then.
    default boolean outlivesVerdict() {
        return true;
    }
}
