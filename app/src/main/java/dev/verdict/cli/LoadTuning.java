package dev.verdict.cli;

import dev.verdict.load.wire.Trust;
import dev.verdict.load.wire.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Holds how a load's requests are sent.
final class LoadTuning {
    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            description = "Connections for a rate (default: ${DEFAULT-VALUE}).")
    private int connections = Tuning.DEFAULT.connections();

    @Option(
            names = "--most-connections",
            paramLabel = "N",
            description = "Open up to so many if all are busy when a request is due (default: no more).")
    private @Nullable Integer mostConnections;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long an answer may take (default: 10s).")
    private @Nullable String timeout;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            description = "How long to drive a stub in the generator itself before the clock starts (default: 300ms).")
    private @Nullable String warmUp;

    @Option(
            names = "--grain",
            paramLabel = "TIME",
            description = "Send in bursts at multiples of this, which costs less (default: each when it is due).")
    private @Nullable String grain;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops (default: half of the processors).")
    private int threads = Tuning.DEFAULT.threads();

    @Option(names = "--no-keep-alive", description = "Make a connection for each request.")
    private boolean noKeepAlive;

    @Option(
            names = {"-k", "--insecure"},
            description = "Accept any certificate.")
    private boolean insecure;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust certificates of the authority whose own is in this file (PEM), and no others.")
    private @Nullable Path authority;

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "End the load after so many errors (default: do not).")
    private @Nullable Long maxErrors;

    private Trust trust() throws IOException {
        if (authority == null) {
            return insecure ? Trust.ANYBODY : Trust.USUAL;
        }
        if (insecure) {
            throw new UsageException("--insecure accepts any certificate, so --ca has no meaning beside it");
        }
        try {
            return Trust.authority(authority);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--ca: " + e.getMessage());
        }
    }

    Tuning tuning() throws IOException {
        return new Tuning(
                connections,
                mostConnections == null ? connections : mostConnections,
                timeout == null ? Tuning.DEFAULT.timeout() : Quantity.duration(timeout),
                warmUp == null ? Tuning.DEFAULT.warmUp() : Quantity.duration(warmUp),
                grain == null ? Duration.ZERO : Quantity.duration(grain),
                threads,
                !noKeepAlive,
                trust(),
                Tuning.DEFAULT.limits(),
                maxErrors == null ? Long.MAX_VALUE : maxErrors);
    }
}
