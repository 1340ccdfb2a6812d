package dev.verdict.cli;

import dev.verdict.load.client.Address;
import dev.verdict.load.client.ClientRequest;
import dev.verdict.load.client.Protocol;
import dev.verdict.load.wire.Expectation;
import dev.verdict.load.wire.LoadRequest;
import dev.verdict.load.wire.Trust;
import dev.verdict.plan.Load;
import dev.verdict.proto.ProtoFiles;
import dev.verdict.proto.Rpc;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds what a load asks, and where. The URL's scheme says over which protocol.
final class LoadAsked {
    private static final int REDIS_PORT = 6379;
    private static final Pattern STATUSES = Pattern.compile("([1-9][0-9][0-9])(?:-([1-9][0-9][0-9]))?");
    private static final Pattern GRPC = Pattern.compile("grpc(s?)://([^/?#\\s]+)/([^/?#\\s]+/[^/?#\\s]+)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @Parameters(
            paramLabel = "URL",
            description = "What is asked: http:// or https://, or with -d redis://HOST, tcp://HOST:PORT, ws:// or"
                    + " grpc://HOST:PORT/SERVICE/METHOD (grpcs:// over TLS).")
    private String url = "";

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
            description =
                    "The body, or the words of a Redis command, the line or the message, of gRPC as JSON; @FILE takes it from a"
                            + " file. $${number} in it is the request's number, $${unique} what no other has.")
    private @Nullable String data;

    @Option(
            names = "--http2",
            description =
                    "Ask over HTTP/2: by ALPN, or of an http:// URL by prior knowledge; never over another version.")
    private boolean http2;

    @Option(
            names = "--proto",
            paramLabel = "FILE",
            description = "A .proto file that declares the method of a grpc:// URL; may be given several times"
                    + " (default: the server is asked, by reflection).")
    private List<Path> protos = List.of();

    @Option(names = "--events", description = "Read streams of server-sent events.")
    private boolean events;

    @Option(
            names = "--until",
            paramLabel = "DATA",
            description = "The data of the event that ends a stream, as [DONE] (default: it ends by itself).")
    private @Nullable String until;

    @Option(
            names = "--expect",
            paramLabel = "STATUS",
            split = ",",
            description = "Statuses that are no error, as 200,404 or 200-399 (default: ${DEFAULT-VALUE}).")
    private List<String> expect = List.of("200-299");

    String url() {
        return url;
    }

    /// Tells whether it is asked over HTTP, with one answer to each request.
    boolean isHttp() {
        if (until != null && !events) {
            throw new UsageException("--until is for --events: it ends a stream of them");
        }
        if (http2 && events) {
            throw new UsageException("--events are read over HTTP/1.1, so not with --http2");
        }
        if (!protos.isEmpty() && !isGrpc()) {
            throw new UsageException("--proto is for gRPC: it declares the method of a grpc:// URL");
        }
        if (isGrpc() && (http2 || events)) {
            throw new UsageException(
                    "gRPC is always over HTTP/2, and streams of its own; leave --http2 and --events out");
        }
        return !events && !http2 && !url.matches("(?:redis|tcp|wss?|grpcs?)://.*");
    }

    boolean isHttp2() {
        return http2;
    }

    boolean mayBeSecure() {
        return http2 || isGrpc() || url.startsWith("wss:");
    }

    boolean isGrpc() {
        return url.matches("grpcs?://.*");
    }

    LoadRequest http() throws IOException {
        Expectation expected =
                Expectation.statuses(expect.stream().map(LoadAsked::range).toArray(Expectation.Range[]::new));
        return new LoadRequest(url, 1, method(), url, fields(), body(), expected, List.of());
    }

    private String method() {
        return method != null ? method : data == null ? "GET" : "POST";
    }

    private String body() throws IOException {
        return data == null ? "" : data.startsWith("@") ? Files.readString(Path.of(data.substring(1))) : data;
    }

    /// Returns the request that a client asks.
    ///
    /// @param trust whose certificates are accepted
    ClientRequest client(Trust trust) throws IOException {
        if (isGrpc()) {
            return grpc(trust);
        }
        if (http2) {
            Map<String, String> fields = fields();
            List<Load.Range> statuses = expect.stream()
                    .map(LoadAsked::range)
                    .map(range -> new Load.Range(range.from(), range.to()))
                    .toList();
            List<String> texts = Stream.concat(Stream.of(url, body()), fields.values().stream())
                    .toList();
            return client(
                    new Protocol.Http2(
                            Protocol.Http2.origin(url), method(), List.copyOf(fields.keySet()), statuses, trust),
                    texts);
        }
        if (events) {
            if (data != null) {
                throw new UsageException("-d: a stream of events is asked for with a GET, which has no body");
            }
            Map<String, String> fields = fields();
            List<String> texts =
                    Stream.concat(Stream.of(url), fields.values().stream()).toList();
            return client(
                    new Protocol.Events(
                            List.copyOf(fields.keySet()), Objects.requireNonNullElse(until, ""), Long.MAX_VALUE),
                    texts);
        }
        String asked = body().strip();
        if (asked.isEmpty()) {
            throw new UsageException("-d is missing: what is asked, as -d 'GET k' of a Redis or -d PING of a line");
        }
        if (!headers.isEmpty()) {
            throw new UsageException("-H: only requests over HTTP, --events and gRPC have headers");
        }
        URI uri = URI.create(url);
        return switch (uri.getScheme()) {
            case "redis" -> client(new Protocol.Redis(address(uri, REDIS_PORT)), words(asked));
            case "tcp" -> client(new Protocol.Lines(address(uri, -1)), List.of(asked));
            default -> client(new Protocol.Messages(url, trust), List.of(asked));
        };
    }

    private ClientRequest grpc(Trust trust) throws IOException {
        Matcher matcher = LoadTiming.match(
                GRPC, url, "no method of gRPC; expected grpc://HOST:PORT/SERVICE/METHOD, as /shop.Stock/Reserve");
        Map<String, String> fields = fields();
        String message = body().isBlank() ? "{}" : body();
        List<String> texts =
                Stream.concat(Stream.of(message), fields.values().stream()).toList();
        Optional<Rpc> rpc = protos.isEmpty()
                ? Optional.empty()
                : Optional.of(ProtoFiles.read(protos).method(matcher.group(3)));
        String origin = (matcher.group(1).isEmpty() ? "http://" : "https://") + matcher.group(2);
        return client(new Protocol.Grpc(origin, matcher.group(3), rpc, List.copyOf(fields.keySet()), trust), texts);
    }

    private ClientRequest client(Protocol protocol, List<String> texts) {
        return new ClientRequest(url, 1, protocol, texts, Optional.empty(), List.of());
    }

    private static Address address(URI uri, int usual) {
        int port = uri.getPort() < 0 ? usual : uri.getPort();
        if (uri.getHost() == null
                || port < 0
                || uri.getUserInfo() != null
                || !uri.getPath().isEmpty()) {
            throw new UsageException("'%s://…' is no address; expected a host and a port alone, as %s://127.0.0.1:%d"
                    .formatted(uri.getScheme(), uri.getScheme(), REDIS_PORT));
        }
        return Address.of(uri.getHost() + ":" + port);
    }

    /// Takes a command apart as redis-cli does: words in quotes may hold spaces.
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(command);
        while (matcher.find()) {
            words.add(Stream.of(1, 2, 3)
                    .map(matcher::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow());
        }
        return words;
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

    private static Expectation.Range range(String word) {
        Matcher matcher = LoadTiming.match(STATUSES, word, "no status; it is one as 200, or a range as 200-399");
        int from = Integer.parseInt(matcher.group(1));
        return new Expectation.Range(
                from,
                Optional.ofNullable(matcher.group(2)).map(Integer::parseInt).orElse(from));
    }
}
