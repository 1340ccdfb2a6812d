package dev.verdict.judge;

/// Rules on scenarios whose evidence is not steps and checks but of a kind of its own, as what a
/// load measured. A pure function, like a [Judge].
///
/// It is asked only about a scenario that ran to its end and of which no step or check failed; its
/// ruling takes the place of the question whether the scenario is hollow.
public interface Examiner {
    /// Returns its name, as `load`: its rulings and what is said of its crash carry it.
    String name();

    /// Tells whether the scenario has evidence of this kind.
    boolean examines(ScenarioRecord scenario);

    /// Says what follows from the evidence. What proves nothing must not pass.
    Ruling examine(ScenarioRecord scenario, RunRecord run);
}
