package dev.verdict.plan;

import java.util.OptionalLong;

/// Bounds what a service's process may use; absent means as Verdict itself.
///
/// @param openFiles file descriptors, a count (RLIMIT_NOFILE)
/// @param processes of the same user, a count (RLIMIT_NPROC)
/// @param memory address space in bytes (RLIMIT_AS)
/// @param fileSize of one written file in bytes (RLIMIT_FSIZE)
public record Limits(OptionalLong openFiles, OptionalLong processes, OptionalLong memory, OptionalLong fileSize) {
    /// Limits nothing.
    public static final Limits NONE =
            new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());
}
