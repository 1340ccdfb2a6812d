package dev.verdict.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/// Defines the keys of a service.
final class ServiceKeys {
    private static final String TEXTS = "a list of texts, as [java, -jar, stock.jar]";

    // Ports

    static final Key<String> PORT_ENV = Key.optional(
            "env", Kinds.ENVIRONMENT_NAME, "The environment variable that hands the port's number to the service.");
    static final Key<Long> PORT_FIXED = Key.optional(
            "fixed",
            Kinds.count("a port number", 1, 65_535),
            "The port's number. Without it a free one is chosen for each run, so that runs do not meet.");
    static final Shape<Port> PORT = new Shape<>(
            "port",
            "A TCP port that the service listens on. It is known to other services as `${SERVICE.PORT.url}`"
                    + " (`http://HOST:PORT`), `.host`, `.port` and `.address` (`HOST:PORT`).",
            "{env: PORT}",
            List.of(PORT_ENV, PORT_FIXED),
            section -> new Port(section.name(), section.optional(PORT_ENV), optionalInt(section.optional(PORT_FIXED))));

    // Readiness

    static final Key<String> HTTP =
            Key.optional("http", Kinds.URL_PATH, "Ready once GET of this path at `port` answers with `status`.");
    static final Key<String> HTTP_PORT = Key.<String>optional(
                    "port",
                    Kinds.NAME,
                    "The port that `http` asks. By default the only port, or the one called `http`.")
            .beside(HTTP);
    static final Key<Long> HTTP_STATUS = Key.<Long>optional(
                    "status", Kinds.count("a status", 100, 599), "What `http` must answer; 200 by default.")
            .beside(HTTP);
    static final Key<List<String>> TCP = Key.optional(
            "tcp",
            Several.of(Kinds.NAME, "a port's name or a list of them, as http")
                    .notEmpty()
                    .orOne(),
            "Ready once these ports accept a connection.");
    static final Key<String> LOG = Key.optional(
            "log", Kinds.REGEX, "Ready once a line of the output contains a match of this regular expression.");
    static final Key<List<Text>> READY_COMMAND = Key.optional(
            "command",
            Several.of(new Deferred(), TEXTS).notEmpty(),
            "Ready once this command ends with exit code 0; it is started again until then.");
    static final Key<Duration> READY_WITHIN =
            Key.standard("within", Kinds.DURATION, "30s", "When a service that is not ready has failed.");
    static final Shape<Function<Collection<String>, Readiness>> READY = new Shape<
                    Function<Collection<String>, Readiness>>(
                    "ready",
                    "How it is recognised that the service can be used: one of `http`, `tcp`, `log` and `command`."
                            + " With none of them, ready is when all ports accept a connection, or, for a service without"
                            + " ports, when the process runs.",
                    "{http: /health, within: 20s}",
                    List.of(HTTP, HTTP_PORT, HTTP_STATUS, TCP, LOG, READY_COMMAND, READY_WITHIN),
                    section -> ports -> readiness(section, ports))
            .choosing("http", "tcp", "log", "command");

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
            "What the service's process may use; what is absent is as for Verdict itself.",
            "{openFiles: 256, memory: 2GiB}",
            List.of(OPEN_FILES, PROCESSES, MEMORY, FILE_SIZE),
            section -> new Limits(
                    optionalLong(section.optional(OPEN_FILES)),
                    optionalLong(section.optional(PROCESSES)),
                    optionalLong(section.optional(MEMORY)),
                    optionalLong(section.optional(FILE_SIZE))));

    // The service

    static final Key<List<Text>> COMMAND = Key.required(
            "command",
            Several.of(new Deferred(), TEXTS).notEmpty(),
            "Program and arguments. No shell is between: write `[sh, -c, \"…\"]` where one is wanted."
                    + " `${verdict.java}` is the java that runs Verdict.");
    static final Key<Text> DIRECTORY = Key.optional(
            "directory", new Deferred(), "Where the service runs, relative to the plan's folder; by default there.");
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
            "Environment variables, added to Verdict's own.");
    static final Key<Function<Collection<String>, Readiness>> READY_KEY =
            Key.standard("ready", READY, "", "How it is recognised that the service can be used.");
    static final Key<Stop> STOP_KEY = Key.standard("stop", STOP, "", "How the service is asked to end.");
    static final Key<Limits> LIMITS_KEY = Key.standard("limits", LIMITS, "", "What the process may use.");
    static final Key<List<Text>> WRITES = Key.standard(
            "writes",
            Several.of(new Deferred(), "a list of paths, as [data]"),
            "",
            "Paths that the service may write, relative to the plan's folder: new files there are looked for after"
                    + " the run and reported as orphans.");
    static final Shape<Service> SERVICE = new Shape<>(
            "service",
            "A service of the system under test, run as a local process.",
            "{command: [java, -jar, stock.jar], ports: {http: {env: PORT}}}",
            List.of(COMMAND, DIRECTORY, NEEDS, PORTS, ENV, READY_KEY, STOP_KEY, LIMITS_KEY, WRITES),
            ServiceKeys::service);

    private ServiceKeys() {}

    private static Service service(Section section) {
        Map<String, Port> ports = section.get(PORTS);
        return new Service(
                section.name(),
                section.get(COMMAND),
                section.optional(DIRECTORY),
                section.get(NEEDS),
                ports,
                section.get(ENV),
                section.get(READY_KEY).apply(ports.keySet()),
                section.get(STOP_KEY),
                section.get(LIMITS_KEY),
                section.get(WRITES));
    }

    private static Readiness readiness(Section section, Collection<String> ports) {
        Duration within = section.get(READY_WITHIN);
        if (section.optional(HTTP).isPresent()) {
            int status = section.optional(HTTP_STATUS).orElse(200L).intValue();
            return new Readiness.Http(
                    httpPort(section, ports), section.optional(HTTP).get(), status, within);
        }
        if (section.optional(TCP).isPresent()) {
            List<String> tcp = section.optional(TCP).get();
            for (int index = 0; index < tcp.size(); index++) {
                knownPort(section, Paths.item(section.path(TCP), index), tcp.get(index), ports);
            }
            return new Readiness.Tcp(tcp, within);
        }
        if (section.optional(LOG).isPresent()) {
            return new Readiness.Log(section.optional(LOG).get(), within);
        }
        if (section.optional(READY_COMMAND).isPresent()) {
            return new Readiness.Command(section.optional(READY_COMMAND).get(), within);
        }
        return ports.isEmpty() ? new Readiness.Started(within) : new Readiness.Tcp(List.copyOf(ports), within);
    }

    private static String httpPort(Section section, Collection<String> ports) {
        Optional<String> named = section.optional(HTTP_PORT);
        if (named.isPresent()) {
            knownPort(section, section.path(HTTP_PORT), named.get(), ports);
            return named.get();
        }
        if (ports.contains("http")) {
            return "http";
        }
        if (ports.size() != 1) {
            String found = ports.isEmpty() ? "the service has no ports" : "its ports are " + Wording.list(ports);
            section.reading()
                    .problem(
                            section.path(HTTP),
                            "http: asks the service's only port or the one called 'http', but " + found + "; "
                                    + (ports.isEmpty() ? "give it one" : "say which with 'port'"));
            return "";
        }
        return ports.iterator().next();
    }

    private static void knownPort(Section section, String path, String name, Collection<String> ports) {
        if (!ports.contains(name)) {
            section.reading()
                    .problem(
                            path,
                            Paths.name(path) + ": the service has no port '" + Wording.shorten(name) + "'; it has "
                                    + Wording.list(ports) + Nearest.hint(name, ports));
        }
    }

    private static OptionalInt optionalInt(Optional<Long> number) {
        return number.map(value -> OptionalInt.of(value.intValue())).orElse(OptionalInt.empty());
    }

    private static OptionalLong optionalLong(Optional<Long> number) {
        return number.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
