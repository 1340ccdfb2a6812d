package dev.verdict.environment.docker;

import java.time.Duration;

/// Says what a container has used since its start, and uses now.
///
/// @param cpu processor time
/// @param memory bytes that count against its limit, without what the kernel could drop at once
/// @param threads how many tasks the kernel counts
/// @param openFiles 0 where they cannot be seen
/// @param received bytes over all its networks
/// @param read bytes from block devices
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
    static final Usage NONE = new Usage(Duration.ZERO, 0, 0, 0, 0, 0, 0, 0, 0);

    Usage plus(Usage other) {
        return new Usage(
                cpu.plus(other.cpu),
                memory + other.memory,
                processes + other.processes,
                threads + other.threads,
                openFiles + other.openFiles,
                received + other.received,
                sent + other.sent,
                read + other.read,
                written + other.written);
    }
}
