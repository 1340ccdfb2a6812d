package dev.verdict.plan;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Defines the keys that say how a service's readiness is recognised.
final class ReadyKeys {
    /// Is how long a process may take to be ready.
    static final Duration PROCESS = Duration.ofSeconds(30);

    /// Is how long a container may take whose health check asks for no more.
    static final Duration CONTAINER = Duration.ofMinutes(1);

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
            Several.of(new Deferred(), ServiceKeys.TEXTS).notEmpty(),
            "Ready once this command ends with exit code 0; it is started again until then.");
    static final Key<Long> EXIT = Key.optional(
            "exit",
            Kinds.count("an exit code", 0, 255),
            "Ready once the service has ended with this exit code: for a migration, and whatever else does its work"
                    + " and ends.");
    static final Key<Duration> WITHIN = Key.optional(
            "within",
            Kinds.DURATION,
            "When a service that is not ready has failed: `30s` by default; for a container `1min`, longer if its"
                    + " health check needs it.");
    static final Shape<Asked> READY = new Shape<Asked>(
                    "ready",
                    "How it is recognised that the service can be used: one of `http`, `tcp`, `log`, `command` and"
                            + " `exit`. With none of them a process is ready when all its ports accept a connection, or,"
                            + " without ports, when it runs; a container when it is healthy, and without a health check as"
                            + " a process is.",
                    "{http: /health, within: 20s}",
                    List.of(HTTP, HTTP_PORT, HTTP_STATUS, TCP, LOG, READY_COMMAND, EXIT, WITHIN),
                    Asked::new)
            .choosing("http", "tcp", "log", "command", "exit");

    private ReadyKeys() {}

    /// Holds what stands under `ready`, which means something only together with the ports.
    record Asked(Section section) {
        /// Returns the readiness of a service with these ports.
        ///
        /// @param usual the time that it has if the plan does not say
        Readiness of(Collection<String> ports, boolean contained, Duration usual) {
            return readiness(section, ports, contained, section.optional(WITHIN).orElse(usual));
        }
    }

    private static Readiness readiness(Section section, Collection<String> ports, boolean contained, Duration within) {
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
        if (section.optional(EXIT).isPresent()) {
            return new Readiness.Exit(section.optional(EXIT).get().intValue(), within);
        }
        if (contained) {
            return new Readiness.Healthy(List.copyOf(ports), within);
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
}
