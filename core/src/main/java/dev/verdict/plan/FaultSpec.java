package dev.verdict.plan;

/// Is an entry under a suite's `faults`: a fault with its time, or a schedule that the seed draws.
public sealed interface FaultSpec permits ScheduledFault, RandomFaults {}
