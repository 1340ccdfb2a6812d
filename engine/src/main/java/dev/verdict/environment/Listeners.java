package dev.verdict.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds who listens on which TCP port, from `/proc/net/tcp` and `/proc/*/fd`.
final class Listeners {
    /// Is the kernel's state of a socket that listens (include/net/tcp_states.h).
    private static final String LISTEN = "0A";

    private final ProcessTable table;

    Listeners(ProcessTable table) {
        this.table = table;
    }

    /// Describes a listening socket.
    ///
    /// @param inode the socket's number, which open files lead to
    record Listener(String address, int port, String inode) {}

    /// Returns every listening TCP socket; empty where there is no `/proc`.
    static List<Listener> all() {
        return under("/proc/net");
    }

    /// Returns every listening TCP socket of the network that a process lives in.
    static List<Listener> of(long pid) {
        return under("/proc/%d/net".formatted(pid));
    }

    private static List<Listener> under(String folder) {
        return Stream.of(folder + "/tcp", folder + "/tcp6")
                .flatMap(file -> lines(Path.of(file)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(field -> field.length > 9 && field[3].equals(LISTEN))
                .map(field -> parse(field[1], field[9]))
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            // No such file: another system, or one without IPv6.
            return List.of();
        }
    }

    private static Listener parse(String local, String inode) {
        int colon = local.indexOf(':');
        return new Listener(
                address(local.substring(0, colon)), Integer.parseInt(local.substring(colon + 1), 16), inode);
    }

    /// Reads an address for people: each word of four bytes stands in reverse. Of IPv6 only the
    /// usual addresses are told apart.
    private static String address(String hex) {
        if (hex.length() == 8) {
            int value = Integer.parseUnsignedInt(hex, 16);
            return "%d.%d.%d.%d".formatted(value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24);
        }
        if (hex.startsWith("0000000000000000FFFF0000")) {
            return address(hex.substring(24));
        }
        return switch (hex) {
            case "00000000000000000000000000000000" -> "[::]";
            case "00000000000000000000000001000000" -> "[::1]";
            default -> "an IPv6 address";
        };
    }

    /// Returns the listeners that one of `pids` has open.
    List<Owned> of(Collection<Long> pids) {
        List<Listener> listeners = all();
        if (listeners.isEmpty() || !(table instanceof LinuxProcessTable linux)) {
            return List.of();
        }
        List<Owned> owned = new ArrayList<>();
        for (long pid : pids) {
            List<String> links = linux.links(pid);
            listeners.stream()
                    .filter(listener -> links.contains("socket:[" + listener.inode() + "]"))
                    .forEach(listener -> owned.add(new Owned(listener, pid)));
        }
        return owned;
    }

    /// Names a listener and a process that has it open.
    record Owned(Listener listener, long pid) {}

    /// Returns the process that listens on a port, if it can be seen.
    Optional<Owned> holder(int port) {
        if (all().stream().noneMatch(listener -> listener.port() == port)) {
            return Optional.empty();
        }
        return of(table.pids()).stream()
                .filter(owned -> owned.listener().port() == port)
                .findFirst();
    }

    /// Tells on which ports a service that is not ready listens instead: the usual mistake.
    String hint(Life life, Processes processes) {
        return hint(of(life.members(processes.scan()).stream().map(Proc::pid).toList()).stream()
                .map(Owned::listener)
                .toList());
    }

    static String hint(List<Listener> listeners) {
        String ports = listeners.stream()
                .map(listener -> listener.address() + ":" + listener.port())
                .distinct()
                .collect(Collectors.joining(", "));
        return ports.isEmpty() ? "; it listens on no port" : "; it listens on " + ports;
    }
}
