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
/// @param lost the share of the users' time in which the generator was late; 0 for a rate
/// @param stopped why it ended early, if it did
public record LoadResult(
        List<Interval> requests, long due, Duration lasted, double busy, double lost, Optional<String> stopped) {
    public LoadResult {
        requests = List.copyOf(requests);
    }

    /// Returns how much of the users' time went to a generator that was late: users who are kept
    /// from asking press less than was asked for.
    ///
    /// @param requests what was measured of them
    /// @param slice the part of the users that was sent
    public static double lost(List<Interval> requests, Pace pace, Slice slice, Duration lasted) {
        return switch (pace) {
            case Pace.Open _ -> 0;
            case Pace.Closed closed -> {
                double whole = closed.users().area(lasted.toNanos()) * 1e9 / slice.count();
                double late = requests.stream()
                        .map(request -> request.latencies().late())
                        .mapToDouble(times -> times.getMean() * times.getTotalCount())
                        .sum();
                yield whole == 0 ? 0 : Math.min(1, late / whole);
            }
        };
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
