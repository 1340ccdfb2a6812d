package dev.verdict.cli;

import dev.verdict.load.LoadResult;
import dev.verdict.load.Pace;
import dev.verdict.load.Profile;
import dev.verdict.load.Slice;
import dev.verdict.load.wire.Expectation;
import dev.verdict.load.wire.HttpLoad;
import dev.verdict.load.wire.LoadRequest;
import dev.verdict.load.wire.Tuning;
import dev.verdict.load.wire.WireGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Loads one URL from the command line.
@Command(
        name = "load",
        description = "Sends requests to a URL, at a rate or from a number of users, and says how long they took,"
                + " counted from when each was due. Exits 0 if all went well, 1 after more errors than are allowed,"
                + " 4 if the generator could not do what it was asked to.")
final class LoadCommand implements Callable<Integer> {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)\\s*/\\s*(s|min|h)");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)\\s*%");
    private static final Pattern STATUSES = Pattern.compile("([1-9][0-9][0-9])(?:-([1-9][0-9][0-9]))?");
    private static final Pattern SLICE = Pattern.compile("([1-9][0-9]{0,4})/([1-9][0-9]{0,4})");

    private final Streams streams = new Streams();

    @Parameters(paramLabel = "URL", description = "What is asked for: http:// or https://.")
    private String url = "";

    @Option(names = "--rate", paramLabel = "RATE", description = "Requests a second, as 5000/s; also /min and /h.")
    private @Nullable String rate;

    @Option(
            names = "--users",
            paramLabel = "N",
            description = "Users who each wait for an answer before they ask again (default: 64, if no rate is given).")
    private @Nullable Integer users;

    @Option(names = "--think", paramLabel = "TIME", description = "How long a user rests after an answer.")
    private @Nullable String think;

    @Option(names = "--for", paramLabel = "TIME", description = "How long to send (default: ${DEFAULT-VALUE}).")
    private String length = "10s";

    @Option(names = "--poisson", description = "Send at random times, as independent people do, not at even ones.")
    private boolean poisson;

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

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            description = "The method (default: GET, or POST if there is a body).")
    private @Nullable String method;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header; may be given several times.")
    private List<String> headers = List.of();

    @Option(
            names = {"-d", "--data"},
            paramLabel = "BODY",
            description = "The body; @FILE takes it from a file.")
    private @Nullable String data;

    @Option(
            names = "--expect",
            paramLabel = "STATUS",
            split = ",",
            description = "Statuses that are no error, as 200,404 or 200-399 (default: ${DEFAULT-VALUE}).")
    private List<String> expect = List.of("200-299");

    @Option(
            names = "--errors",
            paramLabel = "SHARE",
            description = "The share of errors that is allowed, as 0.1%% (default: none).")
    private String errors = "0%";

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            description = "End the load after so many errors (default: do not).")
    private @Nullable Long maxErrors;

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
            names = "--slice",
            paramLabel = "I/N",
            description = "Send only each N-th request, beginning with the I-th.")
    private @Nullable String slice;

    @Option(names = "--seed", paramLabel = "N", description = "Of the random times (default: drawn, and printed).")
    private @Nullable Long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(names = "--hlog", paramLabel = "FILE", description = "Write a histogram log, one line a second.")
    private @Nullable Path hlog;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the percentiles of each second as CSV.")
    private @Nullable Path csv;

    @Override
    public Integer call() throws IOException, InterruptedException {
        double allowed = share(errors);
        HttpLoad load = load();
        Terminal terminal = streams.terminal();
        try (var generator = generator(load);
                var interrupt = new Interrupt(() -> generator.stop("interrupted"))) {
            if (!json) {
                terminal.line(announcement(load));
            }
            LoadResult result = send(generator, load, terminal);
            LoadAnswer answer = new LoadAnswer(url, load, result, allowed);
            if (json) {
                terminal.out().println(answer.json());
            } else {
                answer.print(terminal);
            }
            interrupt.exitCode(Exit.INTERRUPTED);
            return answer.exitCode();
        }
    }

    private LoadResult send(WireGenerator generator, HttpLoad load, Terminal terminal)
            throws IOException, InterruptedException {
        try (var watch = new LoadWatch(terminal, load.pace().duration(), hlog, csv)) {
            return generator.run(watch);
        }
    }

    private static WireGenerator generator(HttpLoad load) {
        try {
            return new WireGenerator(load);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private String announcement(HttpLoad load) {
        String pace = switch (load.pace()) {
            case Pace.Open _ -> "at %s over %d connections".formatted(rate, connections);
            case Pace.Closed closed ->
                "from %.0f users".formatted(closed.users().peak());
        };
        String random = poisson ? ", seed " + load.seed() : "";
        return "%s for %s, %s%s".formatted(url, length, pace, random);
    }

    private HttpLoad load() throws IOException {
        if (rate != null && users != null) {
            throw new UsageException("a load has either --rate or --users");
        }
        long drawn = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
        try {
            return new HttpLoad(List.of(request()), List.of(), pace(drawn), slice(), drawn, tuning());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Pace pace(long drawn) {
        Duration time = Quantity.duration(length);
        if (rate == null) {
            int number = users == null ? 64 : users;
            return new Pace.Closed(
                    Profile.constant(number, time), think == null ? Duration.ZERO : Quantity.duration(think));
        }
        if (think != null) {
            throw new UsageException("--think is for --users: a rate does not wait for anybody");
        }
        return new Pace.Open(
                Profile.constant(perSecond(rate), time), poisson ? Pace.Arrival.POISSON : Pace.Arrival.EVEN, drawn);
    }

    private Tuning tuning() {
        return new Tuning(
                connections,
                mostConnections == null ? connections : mostConnections,
                timeout == null ? Tuning.DEFAULT.timeout() : Quantity.duration(timeout),
                warmUp == null ? Tuning.DEFAULT.warmUp() : Quantity.duration(warmUp),
                grain == null ? Duration.ZERO : Quantity.duration(grain),
                threads,
                !noKeepAlive,
                insecure,
                Tuning.DEFAULT.limits(),
                maxErrors == null ? Long.MAX_VALUE : maxErrors);
    }

    private LoadRequest request() throws IOException {
        String body = data == null ? "" : data.startsWith("@") ? Files.readString(Path.of(data.substring(1))) : data;
        String word = method != null ? method : data == null ? "GET" : "POST";
        Expectation expected =
                Expectation.statuses(expect.stream().map(LoadCommand::range).toArray(Expectation.Range[]::new));
        return new LoadRequest(url, 1, word, url, fields(), body, expected, List.of());
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new UsageException("'%s' is no header; it is a name, a colon and a value".formatted(header));
            }
            fields.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return fields;
    }

    private Slice slice() {
        if (slice == null) {
            return Slice.WHOLE;
        }
        Matcher matcher = match(SLICE, slice, "no slice; it is a number and how many there are, as 2/4");
        return new Slice(Integer.parseInt(matcher.group(1)) - 1, Integer.parseInt(matcher.group(2)));
    }

    private static Expectation.Range range(String word) {
        Matcher matcher = match(STATUSES, word, "no status; it is one as 200, or a range as 200-399");
        int from = Integer.parseInt(matcher.group(1));
        return new Expectation.Range(
                from,
                Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(from));
    }

    private static double perSecond(String word) {
        Matcher matcher = match(RATE, word, "no rate; it is a number and /s, /min or /h, as 5000/s");
        double seconds = switch (matcher.group(2)) {
            case "s" -> 1;
            case "min" -> 60;
            default -> 3600;
        };
        return Double.parseDouble(matcher.group(1)) / seconds;
    }

    private static double share(String word) {
        return Double.parseDouble(match(SHARE, word, "no share; it is a number and %, as 0.1%")
                        .group(1))
                / 100;
    }

    private static Matcher match(Pattern pattern, String word, String otherwise) {
        Matcher matcher = pattern.matcher(word);
        if (!matcher.matches()) {
            throw new UsageException("'" + word + "' is " + otherwise);
        }
        return matcher;
    }
}
