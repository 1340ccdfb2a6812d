package dev.verdict.scenario;

/// Takes what a scenario's steps observe and check. User steps get one in their constructor and
/// use it as the built-in steps do.
public interface Evidence {
    /// Returns the scenario's id.
    String scenario();

    /// Records something read from the system.
    ///
    /// @param kind as in the journal's `Observed`
    void observed(String kind, String source, String summary, byte[] content);

    /// Records a comparison, and fails the step if it did not hold.
    ///
    /// @param subject what was compared, as `status of GET /orders/1`
    /// @throws AssertionError if `passed` is false, with subject, expected and actual
    void check(String subject, Object expected, Object actual, boolean passed);

    /// Records a comparison that would accept nearly anything, and says why.
    void weakCheck(String subject, Object expected, Object actual, boolean passed, String weakness);

    /// Records a value, to which a target can be bound as `reported.NAME`.
    ///
    /// @param quantity as a plan writes one: `3.2s`, `5MB`, `30MB/s`, `95%`, `12`
    /// @throws IllegalArgumentException if it is none
    void reported(String name, String quantity);

    /// Keeps content with the scenario: shown in the report.
    void attach(String name, String mediaType, byte[] content);
}
