package dev.verdict.consistency;

/// Decides whether a history could have happened under a consistency model. Pure: the same history
/// gets the same answer, unless the budget ends first.
public sealed interface Checker
        permits Linearizability,
                ListAppend,
                FinalSet,
                FullSet,
                Queue,
                CounterBounds,
                UniqueIds,
                BankTotals,
                SessionGuarantees {
    /// Checks a history. Never throws for what clients did: a history that the model cannot be
    /// asked about is a [HistoryException], a spent budget is [Answer.Unknown].
    Answer check(History history, Budget budget);
}
