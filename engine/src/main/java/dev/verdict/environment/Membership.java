package dev.verdict.environment;

import dev.verdict.environment.docker.Networks;
import java.util.List;

/// Says in which networks a container of the run is, and how: what it takes to connect it again.
///
/// @param container its id in full
public record Membership(String container, List<Networks.Joined> networks) {
    public Membership {
        networks = List.copyOf(networks);
    }
}
