package dev.verdict.judge;

/// Says what became of a scenario or a run; a later constant is worse.
public enum Outcome {
    /// Left out, and the journal says by whom.
    SKIPPED,
    /// Ran, observed, and every check held.
    PASSED,
    /// Ran, but proves nothing: nothing observed, nothing checked, undefined, or cut off.
    INCONCLUSIVE,
    /// Could not run: the environment it needs was not there.
    BLOCKED,
    /// A check did not hold.
    FAILED;

    /// Returns the worse of two outcomes.
    public Outcome worse(Outcome other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
