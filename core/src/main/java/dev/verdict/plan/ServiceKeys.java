package dev.verdict.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Defines the keys of a service.
final class ServiceKeys {
    static final String TEXTS = "a list of texts, as [java, -jar, stock.jar]";

    // Ports

    static final Key<String> PORT_ENV = Key.optional(
            "env", Kinds.ENVIRONMENT_NAME, "The environment variable that hands the port's number to the service.");
    static final Key<Long> PORT_FIXED = Key.optional(
            "fixed",
            Kinds.count("a port number", 1, 65_535),
            "The port's number. Without it a free one is chosen for each run, so that runs do not meet.");
    static final Key<Long> PORT_CONTAINER = Key.optional(
            "container",
            Kinds.count("a port number", 1, 65_535),
            "For a container: the port's number inside it, which `env` then hands over.");
    static final Shape<Port> PORT = new Shape<>(
            "port",
            "A TCP port that the service listens on. It is known to other services as `${SERVICE.PORT.url}`"
                    + " (`http://HOST:PORT`), `.host`, `.port` and `.address` (`HOST:PORT`).",
            "{env: PORT}",
            List.of(PORT_ENV, PORT_FIXED, PORT_CONTAINER),
            section -> new Port(
                    section.name(),
                    section.optional(PORT_ENV),
                    optionalInt(section.optional(PORT_FIXED)),
                    optionalInt(section.optional(PORT_CONTAINER))));

    // End and limits

    static final Key<String> SIGNAL =
            Key.standard("signal", Kinds.SIGNAL, "TERM", "The signal that asks the service to end.");
    static final Key<Duration> STOP_WITHIN =
            Key.standard("within", Kinds.DURATION, "10s", "When a service that has not ended is killed.");
    static final Shape<Stop> STOP = new Shape<>(
            "stop",
            "How the service is asked to end.",
            "{signal: TERM, within: 10s}",
            List.of(SIGNAL, STOP_WITHIN),
            section -> new Stop(section.get(SIGNAL), section.get(STOP_WITHIN)));

    private static final Kind<Long> COUNT = Kinds.count("a count", 1, 1_000_000_000);
    static final Key<Long> OPEN_FILES = Key.optional("openFiles", COUNT, "File descriptors (`RLIMIT_NOFILE`).");
    static final Key<Long> PROCESSES = Key.optional("processes", COUNT, "Processes of the same user (`RLIMIT_NPROC`).");
    static final Key<Long> MEMORY = Key.optional("memory", Kinds.SIZE, "Address space (`RLIMIT_AS`).");
    static final Key<Long> FILE_SIZE = Key.optional("fileSize", Kinds.SIZE, "One written file (`RLIMIT_FSIZE`).");
    static final Shape<Limits> LIMITS = new Shape<>(
            "limits",
            "What the service's process may use; what is absent is as for Verdict itself. For a container the same limits"
                    + " hold for the whole of it, with `memory` as what is resident.",
            "{openFiles: 256, memory: 2GiB}",
            List.of(OPEN_FILES, PROCESSES, MEMORY, FILE_SIZE),
            section -> new Limits(
                    optionalLong(section.optional(OPEN_FILES)),
                    optionalLong(section.optional(PROCESSES)),
                    optionalLong(section.optional(MEMORY)),
                    optionalLong(section.optional(FILE_SIZE))));

    // The service

    static final Key<List<Text>> COMMAND = Key.optional(
            "command",
            Several.of(new Deferred(), TEXTS).notEmpty(),
            "Program and arguments: the service is a process of this machine. Beside `image` or `build`: in place of"
                    + " the image's own. No shell is between: write `[sh, -c, \"…\"]` where one is wanted."
                    + " `${verdict.java}` is the java that runs Verdict.");
    static final Key<Text> IMAGE =
            Key.optional("image", new Deferred(), "The image of a container: the service is one. As `redis:7`.");
    static final Key<Runs.Source.Build> BUILD = Key.optional(
            "build", ContainerKeys.BUILD_KIND, "How the image of a container is built: the service is one.");
    static final Key<List<Text>> VOLUMES = Key.standard(
            "volumes",
            Several.of(new Deferred(), "a list of texts, as [\"./data:/data\"]"),
            "",
            "What a container sees of this machine: `HOST:CONTAINER`, `HOST:CONTAINER:ro` or `NAME:CONTAINER`, paths"
                    + " relative to the plan's folder.");
    static final Key<Text> DIRECTORY = Key.optional(
            "directory", new Deferred(), "Where the service runs, relative to the plan's folder; by default there.");
    static final Key<String> NETWORK = Key.standard(
            "network",
            Kinds.NETWORK,
            "host",
            "`own` gives the process a network namespace of its own, with an address of its own: it can be partitioned"
                    + " from the others, and its `fixed` ports collide with nobody's. Needs Linux and root. It reaches"
                    + " only services that have one too.");
    static final Key<Long> DISK = Key.optional(
            "disk",
            Kinds.SIZE,
            "Gives each path under `writes` a small disk of its own, of this size, in memory: a fault can fill it or make"
                    + " it read-only. What is there before is copied, but not from a container's image; what the service"
                    + " leaves there goes with the run. Needs Linux and root.");
    static final Key<String> CLOCK = Key.standard(
            "clock",
            Kinds.NETWORK,
            "host",
            "`own` lets a fault shift the service's time of day. Needs libfaketime on this machine, and a program that is"
                    + " dynamically linked; of a container, one with a glibc that is not older than this machine's.");
    static final Key<List<String>> NEEDS = Key.standard(
            "needs",
            Several.of(Kinds.NAME, "a list of services, as [stock]"),
            "",
            "Services that must be ready before this one starts.");
    static final Key<Map<String, Port>> PORTS = Key.standard(
            "ports",
            Named.of(Names.PORT, PORT, "a mapping of names to ports, as {http: {env: PORT}}"),
            "",
            "The TCP ports that the service listens on, by name.");
    static final Key<Map<String, Text>> ENV = Key.standard(
            "env",
            Named.of(Names.ENVIRONMENT, new Deferred(), "a mapping of names to texts, as {MODE: test}"),
            "",
            "Environment variables, added to Verdict's own, or to those of a container's image.");
    static final Key<ReadyKeys.Asked> READY_KEY =
            Key.standard("ready", ReadyKeys.READY, "", "How it is recognised that the service can be used.");
    static final Key<Stop> STOP_KEY = Key.standard("stop", STOP, "", "How the service is asked to end.");
    static final Key<Limits> LIMITS_KEY =
            Key.standard("limits", LIMITS, "", "What the process or the container may use.");
    static final Key<List<Text>> WRITES = Key.standard(
            "writes",
            Several.of(new Deferred(), "a list of paths, as [data]"),
            "",
            "Paths that the service may write, relative to the plan's folder: new files there are looked for after"
                    + " the run and reported as orphans. Of a container, an absolute path outside the plan's folder is one"
                    + " inside the container: faults may damage files there, and `disk` puts it on a disk of its own.");
    static final Shape<ServiceDraft> SERVICE = new Shape<ServiceDraft>(
                    "service",
                    "A service of the system under test: a process of this machine (`command`), a container of its own (`image`"
                            + " or `build`), or, with none of these, the service of that name in the Compose file, of which more"
                            + " is said here.",
                    "{command: [java, -jar, stock.jar], ports: {http: {env: PORT}}}",
                    List.of(
                            COMMAND,
                            IMAGE,
                            BUILD,
                            DIRECTORY,
                            NETWORK,
                            DISK,
                            CLOCK,
                            VOLUMES,
                            NEEDS,
                            PORTS,
                            ENV,
                            READY_KEY,
                            STOP_KEY,
                            LIMITS_KEY,
                            WRITES),
                    ServiceDraft::new)
            .choosing("image", "build");

    private ServiceKeys() {}

    private static OptionalInt optionalInt(Optional<Long> number) {
        return number.map(value -> OptionalInt.of(value.intValue())).orElse(OptionalInt.empty());
    }

    private static OptionalLong optionalLong(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
