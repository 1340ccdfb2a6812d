package dev.verdict.plan;

import java.util.List;

/// Groups suites that must pass before the next phase starts.
public record Phase(String name, List<Suite> suites) {
    public Phase {
        suites = List.copyOf(suites);
    }
}
