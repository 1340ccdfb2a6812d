package dev.verdict.environment;

import java.time.Duration;

/// Describes a process as the process table shows it at one moment.
///
/// @param session the process that leads its session; 0 if unknown
/// @param dead whether it has ended and only waits to be collected
/// @param cpu processor time of its own
/// @param childrenCpu processor time of its children that ended and were collected
/// @param rss resident bytes
record Proc(
        ProcessId id,
        long parent,
        long session,
        boolean dead,
        Duration cpu,
        Duration childrenCpu,
        int threads,
        long rss) {
    long pid() {
        return id.pid();
    }
}
