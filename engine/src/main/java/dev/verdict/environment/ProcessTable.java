package dev.verdict.environment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Shows the processes of this machine.
sealed interface ProcessTable permits LinuxProcessTable, PortableProcessTable {
    /// Returns the table of this machine.
    static ProcessTable here() {
        return Files.isReadable(Path.of("/proc/self/stat"))
                ? new LinuxProcessTable(Path.of("/proc"))
                : new PortableProcessTable();
    }

    /// Returns the numbers of all processes.
    List<Long> pids();

    /// Describes a process; empty if there is none.
    Optional<Proc> find(long pid);

    /// Tells which service of the run a process belongs to by the mark in its environment: empty
    /// if it carries no mark of this run, `""` if it carries the mark but no service.
    Optional<String> markedService(long pid, Mark mark);

    /// Tells whether a process is in one of a container's control groups, or below.
    boolean inContainer(long pid, String container);

    /// Returns the command line for people; empty if the process ended.
    String command(long pid);

    /// Counts the open files; 0 if they cannot be seen.
    int openFiles(long pid);

    /// Describes what lives under the number of `id` only if it is the same process.
    default Optional<Proc> find(ProcessId id) {
        return find(id.pid()).filter(process -> process.id().equals(id) && !process.dead());
    }
}
