package dev.verdict.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Names what a service has to itself, so that it can be disturbed without harm to anybody else.
///
/// @param disks small disks that are the service's own
/// @param clock the file that says by how much its time of day is shifted, as libfaketime reads it;
///     empty if it cannot be
public record Levers(List<Disk> disks, Optional<Path> clock) {
    /// Is nothing.
    public static final Levers NONE = new Levers(List.of(), Optional.empty());

    public Levers {
        disks = List.copyOf(disks);
    }

    /// Is a disk in memory.
    ///
    /// @param path where it is mounted on this machine
    /// @param source what the table of mounts calls it, unlike any other run's
    /// @param at where the service sees it: elsewhere if that is in a container
    public record Disk(Path path, String source, Path at) {
        /// Is seen where it is mounted.
        public Disk(Path path, String source) {
            this(path, source, path);
        }

        /// Tells whether it is there now: what is mounted at its path is this disk and no other.
        public boolean mounted() {
            return Mounts.at(path, source);
        }
    }
}
