package dev.verdict.plan;

/// Says what a disturbance does; a [FaultTarget] says to whom.
public sealed interface Fault permits LinkFault, ServiceFault, Partition {
    /// Returns the word for it in plans, journals and on the command line, as `kill`.
    String kind();

    /// Says for people what is done to the target, as `is paused`.
    String summary();
}
