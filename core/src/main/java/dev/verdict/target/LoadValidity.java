package dev.verdict.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says whether a load was the one that was asked for. If it was not, its numbers say something
/// about the generator and nothing about the service: the load is invalid, neither passed nor
/// failed.
///
/// @param lateP99 how late the generator sent what it could have sent, in the 99th percentile
/// @param responseP99 of the same requests
/// @param due the requests that should have been sent by then; 0 if users, not a rate, were given
/// @param sent the requests that were sent
/// @param busy the share of its processors that the generator used, 0 to 1
/// @param lost the share of the users' time for which the generator was late, 0 to 1; 0 for a rate
public record LoadValidity(Duration lateP99, Duration responseP99, long due, long sent, double busy, double lost) {
    /// Is what an operating system may keep a process waiting on a busy machine.
    private static final double ALWAYS_ALLOWED_MS = 10;

    private static final double LATE_SHARE = 0.1;
    private static final double LEAST_RATE = 0.99;
    private static final double MOST_BUSY = 0.8;

    /// Is more than the hundredth that a rate may miss: how often users ask is no promise to begin
    /// with, it falls with each answer that takes longer.
    private static final double MOST_LOST = 0.1;

    /// Returns what makes the load invalid, each as a clause; empty if it is valid.
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        double allowed = Math.max(ALWAYS_ALLOWED_MS, LATE_SHARE * millis(responseP99));
        if (millis(lateP99) > allowed) {
            faults.add("the generator sent late: by %s ms in the 99th percentile, where %s ms are allowed"
                    .formatted(decimal(millis(lateP99)), decimal(allowed)));
        }
        if (sent < LEAST_RATE * due) {
            faults.add("the rate was not reached: %d of %d requests were sent, %s %%"
                    .formatted(sent, due, decimal(100.0 * sent / due)));
        }
        if (busy > MOST_BUSY) {
            faults.add("the generator was busy for %s %% of the time, where 80 %% are allowed"
                    .formatted(decimal(100 * busy)));
        }
        if (lost > MOST_LOST) {
            faults.add("the users waited for the generator for %s %% of their time, where 10 %% are allowed"
                    .formatted(decimal(100 * lost)));
        }
        return faults;
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
