package dev.verdict.judge;

import java.util.List;

/// Says what a judge found, and how bad it is.
///
/// @param judge its name, as `hollow` or `orphans`
/// @param outcome what follows for the run if this were all
/// @param subject the scenario's id, the service, or `run`
/// @param message one sentence for the user
/// @param evidence sequence numbers of the journal's entries that show it
public record Finding(String judge, Outcome outcome, String subject, String message, List<Long> evidence) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
