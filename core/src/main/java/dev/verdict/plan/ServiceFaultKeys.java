package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Defines how faults of a service stand in a plan.
final class ServiceFaultKeys {
    private static final Leaf<FaultTarget> SERVICE = new Leaf<>(
            "a service, as stock",
            () -> Schemas.typed("string"),
            (text, _) -> service(text),
            new FaultTarget.OfService(""));

    /// Clocks may be wrong for years.
    private static final Leaf<Duration> YEARS = new Leaf<>(
            "a duration, as 500ms, 20s, 2min or 24h",
            Kinds.DURATION.definition(),
            (text, _) -> Amounts.duration(text, Duration.ofDays(10_000)),
            Duration.ofSeconds(1));

    static final Key<String> THEN = Key.optional(
            "then",
            Kinds.choice("what follows", "restart"),
            "`restart`: the service is started again at once, or, beside `for`, after that time. Without `then` and"
                    + " `for` it is started again when the suite ends.");
    private static final Key<String> SIGNAL =
            Key.optional("signal", Kinds.TEXT, "The signal that kills, as `TERM`; `KILL` by default.");
    private static final Key<Duration> ALIVE =
            Key.optional("alive", Kinds.DURATION, "How long the service may live each time; 1s by default.");
    private static final Key<Long> LOOPS =
            Key.optional("workers", Kinds.count("a count", 1, 64), "How many busy loops; 1 by default.");
    private static final Key<Long> LEAVE =
            Key.optional("leave", Kinds.SIZE, "How much the service can still get; nothing by default.");
    private static final Key<Long> COUNT =
            Key.optional("count", Kinds.count("a count", 0, 1_000_000), "How many it may have.");
    private static final Key<String> DISK = Key.optional(
            "path", Kinds.TEXT, "Which of the service's disks, as the plan names it; by default its only one.");
    private static final Key<String> FILE = Key.optional(
            "file", Kinds.TEXT, "Which file, relative to the plan's folder, below a path that the service `writes`.");
    private static final Key<Long> BITS =
            Key.optional("bits", Kinds.count("a count", 1, 100_000), "How many bits are turned over; 1 by default.");
    private static final Key<Long> KEEP =
            Key.optional("keep", Kinds.SIZE, "How much of the file is kept; nothing by default.");
    private static final Key<String> COPY =
            Key.optional("copy", Kinds.TEXT, "The older copy, relative to the plan's folder.");
    private static final Key<Long> PAGES =
            Key.optional("pages", Kinds.count("a count", 1, 10_000), "How many pages are overwritten; 1 by default.");
    private static final Key<Duration> AHEAD = Key.optional("ahead", YEARS, "How far the service's clock is ahead.");
    private static final Key<Duration> BEHIND = Key.optional("behind", YEARS, "How far the service's clock is behind.");

    static final List<FaultKind> KINDS = List.of(
            kind(
                    "kill",
                    "Kills the service.",
                    List.of(),
                    List.of(SIGNAL, THEN),
                    section -> new ServiceFault.Kill(section.optional(SIGNAL).orElse("KILL"))),
            kind("stop", "Ends the service as its plan says.", List.of(), List.of(THEN), _ -> new ServiceFault.Stop()),
            kind(
                    "restart",
                    "Ends the service and starts it again.",
                    List.of(),
                    List.of(),
                    _ -> new ServiceFault.Restart()),
            kind(
                    "crashLoop",
                    "Kills the service again and again.",
                    List.of(),
                    List.of(ALIVE),
                    section ->
                            new ServiceFault.CrashLoop(section.optional(ALIVE).orElse(Duration.ofSeconds(1)))),
            kind("pause", "Holds all processes of the service.", List.of(), List.of(), _ -> new ServiceFault.Pause()),
            kind(
                    "cpu",
                    "Runs busy loops beside the service.",
                    List.of(),
                    List.of(LOOPS),
                    section -> new ServiceFault.CpuStress(
                            section.optional(LOOPS).orElse(1L).intValue())),
            kind(
                    "memory",
                    "Takes memory away from the service.",
                    List.of(),
                    List.of(LEAVE),
                    section -> new ServiceFault.MemoryPressure(
                            section.optional(LEAVE).orElse(0L))),
            kind(
                    "openFiles",
                    "Limits the files that the service may open.",
                    List.of(COUNT),
                    List.of(),
                    section -> new ServiceFault.LimitOpenFiles(
                            section.optional(COUNT).orElse(0L))),
            kind(
                    "processes",
                    "Limits the processes and threads of the service.",
                    List.of(COUNT),
                    List.of(),
                    section -> new ServiceFault.LimitProcesses(
                            section.optional(COUNT).orElse(0L))),
            kind(
                    "diskFull",
                    "Fills a small disk of the service.",
                    List.of(),
                    List.of(DISK, LEAVE),
                    section -> new ServiceFault.DiskFull(
                            section.optional(DISK).orElse(""),
                            section.optional(LEAVE).orElse(0L))),
            kind(
                    "readOnlyDisk",
                    "Makes a small disk of the service read-only.",
                    List.of(),
                    List.of(DISK),
                    section ->
                            new ServiceFault.ReadOnlyDisk(section.optional(DISK).orElse(""))),
            kind(
                    "flipBits",
                    "Turns bits of a file over.",
                    List.of(FILE),
                    List.of(BITS),
                    section -> new ServiceFault.FlipBits(
                            file(section, FILE),
                            section.optional(BITS).orElse(1L).intValue())),
            kind(
                    "truncate",
                    "Cuts the end of a file off.",
                    List.of(FILE),
                    List.of(KEEP),
                    section -> new ServiceFault.Truncate(
                            file(section, FILE), section.optional(KEEP).orElse(0L))),
            kind(
                    "replaceFile",
                    "Puts an older copy in a file's place.",
                    List.of(FILE, COPY),
                    List.of(),
                    section -> new ServiceFault.ReplaceFile(file(section, FILE), file(section, COPY))),
            kind(
                    "damagePages",
                    "Overwrites pages of an SQLite database.",
                    List.of(FILE),
                    List.of(PAGES),
                    section -> new ServiceFault.DamagePages(
                            file(section, FILE),
                            section.optional(PAGES).orElse(1L).intValue())),
            kind(
                    "clock",
                    "Shifts the time of day that the service sees.",
                    List.of(),
                    List.of(AHEAD, BEHIND),
                    ServiceFaultKeys::clock));

    private ServiceFaultKeys() {}

    private static FaultKind kind(
            String name, String doc, List<Key<?>> needs, List<Key<?>> may, Function<Section, Fault> read) {
        return new FaultKind(Key.optional(name, SERVICE, doc), needs, may, read);
    }

    private static FaultTarget service(String text) throws Refusal {
        try {
            if (FaultTarget.parse(text) instanceof FaultTarget.OfService service) {
                return service;
            }
        } catch (IllegalArgumentException e) {
            throw new Refusal(String.valueOf(e.getMessage()));
        }
        throw new Refusal("'" + Wording.shorten(text) + "' is a link; this fault acts on a service, as stock");
    }

    /// Returns a file's name; a missing one was told already.
    private static String file(Section section, Key<String> key) {
        return section.optional(key).orElse("-");
    }

    private static Fault clock(Section section) {
        var ahead = section.optional(AHEAD);
        var behind = section.optional(BEHIND);
        if (ahead.isPresent() == behind.isPresent()) {
            throw new IllegalArgumentException("a clock is either 'ahead' or 'behind'");
        }
        return new ServiceFault.ClockShift(
                ahead.orElseGet(() -> behind.orElseThrow().negated()));
    }

    /// Writes what stands beside the kind.
    static void write(ObjectNode json, ServiceFault fault) {
        switch (fault) {
            case ServiceFault.Kill kill -> put(json, SIGNAL, kill.signal(), "KILL");
            case ServiceFault.CrashLoop loop -> json.put(ALIVE.name(), Amounts.write(loop.alive()));
            case ServiceFault.CpuStress stress -> json.put(LOOPS.name(), stress.workers());
            case ServiceFault.MemoryPressure memory -> size(json, LEAVE, memory.leave());
            case ServiceFault.LimitOpenFiles limit -> json.put(COUNT.name(), limit.count());
            case ServiceFault.LimitProcesses limit -> json.put(COUNT.name(), limit.count());
            case ServiceFault.DiskFull(String path, long leave) -> {
                put(json, DISK, path, "");
                size(json, LEAVE, leave);
            }
            case ServiceFault.ReadOnlyDisk disk -> put(json, DISK, disk.path(), "");
            case ServiceFault.FlipBits(String file, int count) -> {
                put(json, FILE, file, "");
                json.put(BITS.name(), count);
            }
            case ServiceFault.Truncate(String file, long size) -> {
                put(json, FILE, file, "");
                size(json, KEEP, size);
            }
            case ServiceFault.ReplaceFile(String file, String copy) -> {
                put(json, FILE, file, "");
                put(json, COPY, copy, "");
            }
            case ServiceFault.DamagePages(String file, int pages) -> {
                put(json, FILE, file, "");
                json.put(PAGES.name(), pages);
            }
            case ServiceFault.ClockShift(Duration by) ->
                json.put((by.isNegative() ? BEHIND : AHEAD).name(), Amounts.write(by.abs()));
            case ServiceFault.Stop _, ServiceFault.Restart _, ServiceFault.Pause _ -> {}
        }
    }

    private static void put(ObjectNode json, Key<String> key, String text, String standard) {
        if (!text.equals(standard)) {
            json.put(key.name(), text.replace("$", "$$"));
        }
    }

    private static void size(ObjectNode json, Key<Long> key, long bytes) {
        if (bytes > 0) {
            json.put(key.name(), Amounts.write(bytes));
        }
    }
}
