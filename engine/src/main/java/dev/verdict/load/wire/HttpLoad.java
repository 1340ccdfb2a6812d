package dev.verdict.load.wire;

import dev.verdict.load.Pace;
import dev.verdict.load.Slice;
import java.util.List;

/// Is a load of HTTP requests: what is sent, when, and how.
///
/// @param requests each is drawn as often as its weight says
/// @param feeds where the variables of requests have their values from
/// @param slice the part of the load that this generator sends
/// @param seed of the draws
public record HttpLoad(List<LoadRequest> requests, List<Feed> feeds, Pace pace, Slice slice, long seed, Tuning tuning) {
    /// Checks that there is something to send.
    ///
    /// @throws IllegalArgumentException if there is not, or if a variable has no value
    public HttpLoad {
        requests = List.copyOf(requests);
        feeds = List.copyOf(feeds);
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("a load without a request");
        }
        Variables.of(requests, feeds);
    }
}
