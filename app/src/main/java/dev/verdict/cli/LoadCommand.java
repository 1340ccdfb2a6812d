package dev.verdict.cli;

import dev.verdict.load.Generator;
import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.client.ClientGenerator;
import dev.verdict.load.client.ClientLoad;
import dev.verdict.load.wire.Feed;
import dev.verdict.load.wire.HttpLoad;
import dev.verdict.load.wire.Tuning;
import dev.verdict.load.wire.WireGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Loads one URL from the command line.
@Command(
        name = "load",
        description = "Sends requests to a URL, at a rate or from a number of users, and says how long they took,"
                + " counted from when each was due. Exits 0 if all went well, 1 after more errors than are allowed,"
                + " 4 if the generator could not do what it was asked to.")
final class LoadCommand implements Callable<Integer> {
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%");

    /// Is what only the engine of HTTP/1.1 knows.
    private static final List<String> ENGINE_ONLY =
            List.of("--most-connections", "--grain", "--threads", "--no-keep-alive");

    private static final List<String> HTTP_ONLY = List.of("--request", "--expect");

    private static final List<String> TLS_ONLY = List.of("--insecure", "--ca");

    private final Streams streams = new Streams();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final LoadAsked asked = new LoadAsked();

    @Mixin
    private final LoadTiming timing = new LoadTiming();

    @Mixin
    private final LoadTuning tuning = new LoadTuning();

    @Option(
            names = "--errors",
            paramLabel = "SHARE",
            description = "The share of errors that is allowed, as 0.1%% (default: none).")
    private String errors = "0%";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--hlog", paramLabel = "FILE", description = "Write a histogram log, one line a second.")
    private @Nullable Path hlog;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the percentiles of each second as CSV.")
    private @Nullable Path csv;

    @Override
    public Integer call() throws IOException, InterruptedException {
        double allowed = share(errors);
        Pace pace = timing.pace();
        Terminal terminal = streams.terminal();
        try (Generator generator = generator(pace);
                var interrupt = new Interrupt(() -> generator.stop("interrupted"))) {
            if (!json) {
                terminal.line(asked.url() + " " + timing.words(tuning.tuning().connections()));
            }
            LoadResult result = send(generator, pace.duration(), terminal);
            LoadAnswer answer = new LoadAnswer(asked.url(), timing.drawn(), result, allowed);
            if (json) {
                terminal.out().println(answer.json());
            } else {
                answer.print(terminal);
            }
            interrupt.exitCode(Exit.INTERRUPTED);
            return answer.exitCode();
        }
    }

    private LoadResult send(Generator generator, Duration length, Terminal terminal)
            throws IOException, InterruptedException {
        try (var watch = new LoadWatch(terminal, length, hlog, csv)) {
            return generator.run(watch);
        }
    }

    private Generator generator(Pace pace) throws IOException, InterruptedException {
        List<Feed> feeds = Feed.usual(UUID.randomUUID().toString());
        Tuning tuned = tuning.tuning();
        try {
            if (asked.isHttp()) {
                return new WireGenerator(
                        new HttpLoad(List.of(asked.http()), feeds, pace, timing.slice(), timing.drawn(), tuned));
            }
            refuse(ENGINE_ONLY, "requests over HTTP/1.1");
            if (!asked.isHttp2()) {
                refuse(HTTP_ONLY, "requests over HTTP");
            }
            if (!asked.mayBeSecure()) {
                refuse(TLS_ONLY, "requests over HTTP, gRPC and wss");
            }
            ClientLoad load = new ClientLoad(
                    List.of(asked.client(tuned.trust())),
                    feeds,
                    pace,
                    timing.slice(),
                    timing.drawn(),
                    tuned.connections(),
                    tuned.warmUp(),
                    tuned.timeout(),
                    tuned.maxErrors());
            return new ClientGenerator(load.learnt());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void refuse(List<String> names, String by) {
        if (spec != null) {
            for (String name : names) {
                if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
                    throw new UsageException(name + " is only for " + by);
                }
            }
        }
    }

    private static double share(String word) {
        return Double.parseDouble(LoadTiming.match(SHARE, word, "no share; it is a number and %, as 0.1%")
                        .group(1))
                / 100;
    }
}
