package dev.verdict.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Is what a load measured in all.
///
/// @param requests one for each kind of request, over the whole time
/// @param due how many requests the rate asked for until the end; 0 in a load of users
/// @param lasted how long requests were sent
/// @param busy the share of the time in which the generator's threads worked, 0 to 1: the busiest's
/// @param stopped why it ended early, if it did
public record LoadResult(List<Interval> requests, long due, Duration lasted, double busy, Optional<String> stopped) {
    public LoadResult {
        requests = List.copyOf(requests);
    }

    /// Returns all requests as one.
    public Interval all() {
        Counts counts = Counts.NONE;
        Latencies latencies = Latencies.endless();
        for (Interval one : requests) {
            counts = counts.plus(one.counts());
            latencies.add(one.latencies());
        }
        return new Interval("all", Duration.ZERO, lasted, counts, latencies);
    }
}
