package dev.verdict.consistency;

import java.util.List;

/// Is what a checker says of a history.
public sealed interface Answer {
    /// Returns what was counted on the way.
    List<Fact> facts();

    /// Says that the history could have happened under the model.
    record Valid(List<Fact> facts) implements Answer {
        public Valid {
            facts = List.copyOf(facts);
        }
    }

    /// Says that the history could not have happened under the model.
    ///
    /// @param anomalies what shows it, the plainest first; at least one
    record Invalid(List<Anomaly> anomalies, List<Fact> facts) implements Answer {
        public Invalid {
            anomalies = List.copyOf(anomalies);
            facts = List.copyOf(facts);
            if (anomalies.isEmpty()) {
                throw new IllegalArgumentException("an invalid history needs an anomaly");
            }
        }
    }

    /// Says that nothing is known.
    ///
    /// @param reason why, as a limit that was reached, or nothing that could be judged
    record Unknown(String reason, List<Fact> facts) implements Answer {
        public Unknown {
            facts = List.copyOf(facts);
        }
    }
}
