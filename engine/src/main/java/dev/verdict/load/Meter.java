package dev.verdict.load;

import dev.verdict.load.Recorder.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Gathers what recorders have taken down, second by second and in all. Its memory does not grow
/// with time.
public final class Meter {
    private final List<String> requests;
    private final LoadListener listener;
    private final List<Recorder> recorders = new ArrayList<>();
    private final List<Counts> counts = new ArrayList<>();
    private final List<Latencies> latencies = new ArrayList<>();
    private Tally[] spare;
    private long start;
    private long last;

    /// Makes a meter.
    ///
    /// @param requests the names of the load's requests
    public Meter(List<String> requests, LoadListener listener) {
        this.requests = List.copyOf(requests);
        this.listener = listener;
        this.spare = Recorder.tallies(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            counts.add(Counts.NONE);
            latencies.add(Latencies.endless());
        }
    }

    /// Makes a recorder; before [#start].
    public Recorder recorder() {
        Recorder recorder = new Recorder(requests.size());
        recorders.add(recorder);
        return recorder;
    }

    /// Says when the first second begins.
    ///
    /// @param now of the clock that also gives the times of requests
    public void start(long now) {
        start = now;
        last = now;
    }

    /// Ends a second: tells the listener what happened since the last call.
    ///
    /// @param active how many requests wait for an answer
    public void flip(long now, int active) {
        List<Interval> second = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            second.add(new Interval(
                    requests.get(i), since(start, last), since(last, now), Counts.NONE, Latencies.brief()));
        }
        for (Recorder recorder : recorders) {
            Tally[] full = recorder.exchange(spare);
            for (int i = 0; i < full.length; i++) {
                second.set(i, sum(second.get(i), full[i]));
                full[i].clear();
            }
            spare = full;
        }
        for (int i = 0; i < second.size(); i++) {
            counts.set(i, counts.get(i).plus(second.get(i).counts()));
            latencies.get(i).add(second.get(i).latencies());
        }
        last = now;
        listener.second(List.copyOf(second), active);
    }

    /// Returns what was measured in all, up to the last [#flip].
    ///
    /// @param lasted how long requests were sent
    public List<Interval> total(Duration lasted) {
        List<Interval> all = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            all.add(new Interval(requests.get(i), Duration.ZERO, lasted, counts.get(i), latencies.get(i)));
        }
        return all;
    }

    private static Interval sum(Interval interval, Tally tally) {
        interval.latencies().add(tally.latencies());
        return new Interval(
                interval.request(),
                interval.start(),
                interval.length(),
                interval.counts().plus(tally.counts()),
                interval.latencies());
    }

    private static Duration since(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
