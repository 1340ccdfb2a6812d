package dev.verdict.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;

/// Takes down what became of each request, for one thread or several that share it.
///
/// Nothing is allocated for a request. Once a second [Meter] takes what there is, and gives other
/// tallies to go on with.
public final class Recorder {
    private static final int LONGEST_EXAMPLE = 200;

    private Tally[] tallies;

    Recorder(int requests) {
        tallies = tallies(requests);
    }

    /// Takes down an answer that was as expected.
    ///
    /// @param request its number in the load's list
    public synchronized void answered(int request, Timing timing, long bytesIn, long bytesOut) {
        Tally tally = tallies[request];
        tally.answered++;
        tally.sent++;
        tally.bytesIn += bytesIn;
        tally.bytesOut += bytesOut;
        tally.latencies(timing);
    }

    /// Takes down an error.
    ///
    /// @param what says in one sentence what happened
    public synchronized void failed(int request, ErrorKind kind, String what, Timing timing) {
        Tally tally = tallies[request];
        tally.error(kind, what);
        if (timing.wasSent()) {
            tally.sent++;
        }
        if (kind.answered()) {
            tally.latencies(timing);
        } else if (kind.waited()) {
            record(tally.latencies.response(), timing.response());
        }
    }

    /// Takes down where an answer was not as when nobody else asks; it is an error besides.
    public synchronized void differed(int request, FirstDifference where) {
        Counts.count(tallies[request].differences, where.place(), new Counts.Difference(1, where.what()));
    }

    /// Takes down the bytes of a request that failed.
    public synchronized void moved(int request, long bytesIn, long bytesOut) {
        tallies[request].bytesIn += bytesIn;
        tallies[request].bytesOut += bytesOut;
    }

    /// Takes down how long after the one before an event of a stream came.
    public synchronized void gap(int request, long nanos) {
        record(tallies[request].latencies.gap(), nanos);
    }

    /// Takes down that a connection was made.
    public synchronized void connected(int request, long nanos) {
        tallies[request].connects++;
        record(tallies[request].latencies.connect(), nanos);
    }

    /// Takes what there is and leaves other tallies, which must be empty.
    synchronized Tally[] exchange(Tally[] others) {
        Tally[] full = tallies;
        tallies = others;
        return full;
    }

    static Tally[] tallies(int requests) {
        List<Tally> all = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            all.add(new Tally());
        }
        return all.toArray(Tally[]::new);
    }

    private static void record(AbstractHistogram histogram, long nanos) {
        histogram.recordValue(Math.max(0, nanos));
    }

    /// Counts one kind of request.
    static final class Tally {
        private final Latencies latencies = Latencies.brief();
        private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
        private final Map<ErrorKind, String> examples = new EnumMap<>(ErrorKind.class);
        private final Map<String, Counts.Difference> differences = new HashMap<>();
        private long answered;
        private long sent;
        private long bytesIn;
        private long bytesOut;
        private long connects;

        private void error(ErrorKind kind, String what) {
            errors.merge(kind, 1L, Long::sum);
            if (!examples.containsKey(kind)) {
                examples.put(kind, what.substring(0, Math.min(what.length(), LONGEST_EXAMPLE)));
            }
        }

        private void latencies(Timing timing) {
            record(latencies.response(), timing.response());
            record(latencies.service(), timing.service());
            record(latencies.lag(), timing.lag());
            record(latencies.late(), timing.late());
            if (timing.hasFirstByte()) {
                record(latencies.firstByte(), timing.toFirstByte());
            }
        }

        Counts counts() {
            return new Counts(answered, sent, bytesIn, bytesOut, connects, errors, examples, differences);
        }

        Latencies latencies() {
            return latencies;
        }

        void clear() {
            latencies.clear();
            errors.clear();
            examples.clear();
            differences.clear();
            answered = 0;
            sent = 0;
            bytesIn = 0;
            bytesOut = 0;
            connects = 0;
        }
    }
}
