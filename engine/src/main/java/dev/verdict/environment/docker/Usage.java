package dev.verdict.environment.docker;

import java.time.Duration;

/// Says what a container has used since its start, and uses now.
///
/// @param cpu processor time
/// @param memory bytes that count against its limit, without what the kernel could drop at once
/// @param threads how many tasks the kernel counts
/// @param openFiles 0 where they cannot be seen
/// @param received bytes over all its networks
/// @param read bytes from block devices; [#UNKNOWN] where nobody counts them
record Usage(
        Duration cpu,
        long memory,
        int processes,
        int threads,
        int openFiles,
        long received,
        long sent,
        long read,
        long written) {
    static final long UNKNOWN = -1;

    Usage plus(Usage other) {
        return new Usage(
                cpu.plus(other.cpu),
                memory + other.memory,
                processes + other.processes,
                threads + other.threads,
                openFiles + other.openFiles,
                received + other.received,
                sent + other.sent,
                sum(read, other.read),
                sum(written, other.written));
    }

    private static long sum(long one, long other) {
        return one == UNKNOWN || other == UNKNOWN ? Math.max(one, other) : one + other;
    }

    /// Returns this usage with no less I/O than before: where it is summed over the living
    /// processes, what a process did who is gone would be taken back.
    Usage after(Usage before) {
        return new Usage(
                cpu,
                memory,
                processes,
                threads,
                openFiles,
                received,
                sent,
                Math.max(read, before.read),
                Math.max(written, before.written));
    }
}
