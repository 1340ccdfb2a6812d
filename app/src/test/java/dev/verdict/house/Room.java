package dev.verdict.house;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Is a row of the table of rooms: which module a room lies in, and which rooms it may import.
/// The table holds rooms that do not exist yet; a package that it does not hold is an error.
record Room(String module, String name, Set<String> mayImport) {
    private static final List<String> CORE = List.of("plan", "journal", "judge", "target", "consistency", "integrity");
    private static final List<String> ENGINE = List.of(
            "json",
            "redis",
            "sql",
            "http",
            "proto",
            "metrics",
            "program",
            "environment",
            "gateway",
            "fault",
            "load",
            "scenario",
            "workload");

    static final List<Room> TABLE = List.of(
            room("core", "plan"),
            room("core", "journal"),
            room("core", "judge", "plan", "journal"),
            room("core", "target", "judge", "plan", "journal"),
            room("core", "consistency", "judge", "plan", "journal"),
            room("core", "integrity", "judge", "plan", "journal"),
            room("engine", "json"),
            room("engine", "redis"),
            room("engine", "sql"),
            room("engine", "http"),
            room("engine", "proto", "plan"),
            room("engine", "metrics", "json", "http", "plan", "journal"),
            room("engine", "program"),
            room("engine", "environment", "plan", "journal"),
            room("engine", "gateway", "plan", "journal"),
            room("engine", "fault", "environment", "gateway", "plan", "journal"),
            room("engine", "load", "redis", "sql", "http", "proto", "plan", "journal"),
            room(
                    "engine",
                    "scenario",
                    "json",
                    "redis",
                    "sql",
                    "http",
                    "metrics",
                    "program",
                    "environment",
                    "fault",
                    "load",
                    "integrity",
                    "plan",
                    "journal"),
            room("engine", "workload", "json", "redis", "sql", "http", "program", "plan", "journal", "consistency"),
            new Room("engine", "run", union(List.of(CORE, ENGINE))),
            room("junit", "junit", "run", "judge", "plan"),
            room("app", "store", "judge", "journal"),
            room("app", "report", "store", "judge", "journal", "plan", "consistency", "target"),
            room("app", "schedule", "run", "store", "report"),
            room("app", "fleet", "run", "store", "plan", "journal"),
            room("app", "server", "schedule", "report", "store", "fleet"),
            room("app", "tui", "store", "judge", "journal"),
            new Room(
                    "app",
                    "cli",
                    union(List.of(
                            CORE, ENGINE, List.of("run", "store", "report", "schedule", "fleet", "server", "tui")))));

    static Optional<Room> named(String name) {
        return TABLE.stream().filter(room -> room.name().equals(name)).findFirst();
    }

    private static Room room(String module, String name, String... mayImport) {
        return new Room(module, name, Set.copyOf(Arrays.asList(mayImport)));
    }

    private static Set<String> union(List<List<String>> groups) {
        return groups.stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }
}
