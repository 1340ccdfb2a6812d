package dev.verdict.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/// Identifies the Verdict that owns a run, so that another one can tell whether it still lives.
///
/// @param process its process
/// @param machine the machine's name
/// @param boot the kernel's boot; empty if unknown
/// @param namespace the process namespace, as containers have their own; empty if unknown
record Owner(ProcessId process, String machine, String boot, String namespace) {
    /// Says what is known about an owner.
    enum Life {
        ALIVE,
        DEAD,
        /// Lives or lived where its processes cannot be seen: on another machine or in another
        /// container.
        OUT_OF_SIGHT
    }

    static Owner self(ProcessTable table) {
        long pid = ProcessHandle.current().pid();
        ProcessId process = table.find(pid).map(Proc::id).orElse(new ProcessId(pid, 0));
        return new Owner(process, machineName(), firstLine("/proc/sys/kernel/random/boot_id"), namespaceOfSelf());
    }

    /// Says whether the owner lives, as seen from `here`.
    Life life(Owner here, ProcessTable table) {
        if (!machine.equals(here.machine)) {
            return Life.OUT_OF_SIGHT;
        }
        if (!boot.equals(here.boot)) {
            return Life.DEAD;
        }
        if (!namespace.equals(here.namespace)) {
            return Life.OUT_OF_SIGHT;
        }
        return table.find(process).isPresent() ? Life.ALIVE : Life.DEAD;
    }

    /// Tells whether process numbers of the owner mean the same processes here.
    boolean sharesProcesses(Owner here) {
        return machine.equals(here.machine) && boot.equals(here.boot) && namespace.equals(here.namespace);
    }

    private static String machineName() {
        String kernel = firstLine("/proc/sys/kernel/hostname");
        if (!kernel.isEmpty()) {
            return kernel;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String namespaceOfSelf() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String firstLine(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
