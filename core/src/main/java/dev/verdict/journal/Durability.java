package dev.verdict.journal;

/// Says how far an event has gone when `emit` returns.
enum Durability {
    /// Is in memory; written within [JournalWriter#BATCH_DELAY]. For what is plentiful and whose
    /// loss can only make a killed run, inconclusive anyway, a little shorter: what was read and
    /// what held.
    BATCHED,

    /// Is handed to the operating system, with everything before it: survives `kill -9` of
    /// Verdict. For what a person asks after a crash (which scenario was running, which process
    /// was started, what had failed), and so that no failure once seen is lost.
    WRITTEN,

    /// Is on the disk, with everything before it: survives a crash of the machine. For the first
    /// event, without which the others cannot be judged; for leftovers and interruptions, which a
    /// reader needs after the machine came back; and for the answer, which others act upon.
    FORCED;

    static Durability of(Event event) {
        return switch (event) {
            case Event.RunStarted _, Event.RunInterrupted _, Event.OrphanFound _ -> FORCED;
            case Event.TeardownEnded _, Event.VerdictReached _, Event.RunEnded _ -> FORCED;
            case Event.StepEnded step -> heldOrNot(step.status() == Event.StepStatus.PASSED);
            case Event.Checked check -> heldOrNot(check.passed());
            case Event.ArtifactReady _ -> WRITTEN;
            case Event.ImagePreparing _, Event.OperationEnded _ -> BATCHED;
            case Event.LoadInterval _, Event.ValueReported _ -> BATCHED;
            case Event.MetricSampled _, Event.MetricMissing _ -> BATCHED;
            case Event.LoadStarted _, Event.LoadEnded _ -> WRITTEN;
            case Event.WorkloadStarted _, Event.WorkloadEnded _ -> WRITTEN;
            case Event.ResourcesSampled _, Event.Observed _, Event.Attached _, Event.TrafficCounted _ -> BATCHED;
            case Event.ScenarioFound _, Event.ScenarioSkipped _, Event.ScenarioEnded _ -> BATCHED;
            case Event.ServiceStarting _, Event.ServiceStarted _, Event.ServiceReady _ -> WRITTEN;
            case Event.ServiceFailed _, Event.ServiceStopping _, Event.ServiceExited _ -> WRITTEN;
            case Event.ServicePaused _, Event.ServiceResumed _, Event.FaultStarted _, Event.FaultEnded _ -> WRITTEN;
            case Event.FaultPlanned _, Event.FaultLeftOut _ -> WRITTEN;
            case Event.OrphanRemoved _, Event.OrphansAudited _ -> WRITTEN;
            case Event.PhaseStarted _, Event.PhaseEnded _, Event.SuiteStarted _, Event.SuiteEnded _ -> WRITTEN;
            case Event.ScenarioStarted _, Event.ScenarioBlocked _ -> WRITTEN;
            case Event.HarnessFailed _, Event.EnvironmentFailed _, Event.UnknownEvent _ -> WRITTEN;
        };
    }

    private static Durability heldOrNot(boolean held) {
        return held ? BATCHED : WRITTEN;
    }
}
