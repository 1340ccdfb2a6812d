package dev.verdict.judge;

import java.util.List;
import java.util.Optional;

/// Says what became of one target.
///
/// @param name as in the plan
/// @param of what was measured, as the plan says it: `stock.rss`
/// @param bound where it must lie, in words
/// @param measured what it was; absent if nothing was measured
/// @param sample how many values, or trials, that rests on
/// @param source where these come from, in words
/// @param reason why it is missed or unmeasured, one sentence; empty for met
/// @param evidence sequence numbers of the journal's entries that show it
public record TargetResult(
        String name,
        State state,
        String of,
        String bound,
        Optional<Figure> measured,
        long sample,
        String source,
        String reason,
        List<Long> evidence) {
    public TargetResult {
        evidence = List.copyOf(evidence);
    }

    /// Says whether a number is where it must be.
    public enum State {
        MET,
        MISSED,
        /// There is no number, or too little to tell. It is never taken for met.
        UNMEASURED,
        /// There is no number, since what it is measured of was left out on somebody's word.
        LEFT_OUT
    }

    /// Is what was measured.
    ///
    /// @param value in nanoseconds, bytes, a second, a share as 0 to 1, or a plain count
    /// @param unit `TIME`, `BYTES`, `RATE`, `BYTE_RATE`, `SHARE`, `COUNT` or `MONEY`
    /// @param words the value for people
    /// @param interval in which the true value lies, for people: with how much confidence, from
    ///     where to where; empty if nothing is known of it
    public record Figure(double value, String unit, String words, String interval) {}
}
