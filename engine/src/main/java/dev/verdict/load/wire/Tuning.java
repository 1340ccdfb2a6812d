package dev.verdict.load.wire;

import dev.verdict.http.HttpLimits;
import java.time.Duration;

/// Says how a load is sent.
///
/// @param connections how many are made before the clock starts; of no meaning for users, of whom
///     each has one
/// @param mostConnections how many may be made if all are busy when a request is due
/// @param timeout how long an answer may take, from when the request is sent
/// @param warmUp how long the generator drives a stub of its own before the clock starts
/// @param grain requests are sent in bursts at multiples of this; none, and each is sent when due
/// @param threads how many event loops send
/// @param keepAlive whether connections are used again
/// @param trust whose certificates are accepted
/// @param maxErrors after so many the load ends
public record Tuning(
        int connections,
        int mostConnections,
        Duration timeout,
        Duration warmUp,
        Duration grain,
        int threads,
        boolean keepAlive,
        Trust trust,
        HttpLimits limits,
        long maxErrors) {
    /// Sends over 64 connections, waits for ten seconds, and stops for no number of errors. Half of
    /// the processors are left to what is tested, which often runs on the same machine.
    public static final Tuning DEFAULT = new Tuning(
            64,
            64,
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            Duration.ZERO,
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            true,
            Trust.USUAL,
            HttpLimits.DEFAULT,
            Long.MAX_VALUE);

    public Tuning {
        if (connections < 1 || mostConnections < connections || threads < 1 || maxErrors < 1) {
            throw new IllegalArgumentException(
                    "%d to %d connections, %d threads".formatted(connections, mostConnections, threads));
        }
        if (!timeout.isPositive() || warmUp.isNegative() || grain.isNegative()) {
            throw new IllegalArgumentException("a time-out of " + timeout + ", a grain of " + grain);
        }
    }
}
