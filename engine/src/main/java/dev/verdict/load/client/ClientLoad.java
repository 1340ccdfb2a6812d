package dev.verdict.load.client;

import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Feed;
import java.time.Duration;
import java.util.List;

/// Is a load that is sent through clients.
///
/// @param feeds where variables have their values from, beside what is saved
/// @param connections how many users share a rate
/// @param warmUp how long stand-ins in this process are asked before the clock starts
/// @param timeout how long an answer may take, to its end
/// @param maxErrors after so many the load ends
public record ClientLoad(
        List<ClientRequest> requests,
        List<Feed> feeds,
        Pace pace,
        Slice slice,
        long seed,
        int connections,
        Duration warmUp,
        Duration timeout,
        long maxErrors) {
    public ClientLoad {
        requests = List.copyOf(requests);
        feeds = List.copyOf(feeds);
        if (requests.isEmpty() || connections < 1 || maxErrors < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException(
                    "%d requests, %d connections, %s".formatted(requests.size(), connections, timeout));
        }
    }
}
