package dev.verdict.environment;

import java.util.HexFormat;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Marks every process of a run through its environment, which children inherit: that finds a child
/// also after it left its parent, its process group and its session.
///
/// @param run the run's id, for people
/// @param nonce what tells this run from every other, also from one of the same id elsewhere
record Mark(String run, String nonce) {
    static final String RUN = "VERDICT_RUN";
    static final String NONCE = "VERDICT_MARK";
    static final String SERVICE = "VERDICT_SERVICE";

    static Mark of(String run, RandomGenerator random) {
        return new Mark(
                run,
                HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong()));
    }

    /// Returns the variables that mark a process of `service`.
    Map<String, String> variables(String service) {
        return Map.of(RUN, run, NONCE, nonce, SERVICE, service);
    }
}
