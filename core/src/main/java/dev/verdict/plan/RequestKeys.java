package dev.verdict.plan;

import dev.verdict.plan.Load.Range;
import dev.verdict.plan.Load.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys of a load's `request`.
final class RequestKeys {
    private static final Pattern STATUSES = Pattern.compile("([1-5][0-9][0-9])(?:-([1-5][0-9][0-9]))?");

    private static final Kind<Text> ASKED = new WorkloadKeys.Offering<>(new Deferred(), Load.INPUTS);

    static final Key<Text> GET = method("get");
    static final Key<Text> PUT = method("put");
    static final Key<Text> POST = method("post");
    static final Key<Text> DELETE = method("delete");
    static final Key<Text> PATCH = method("patch");
    private static final List<Key<Text>> METHODS = List.of(GET, PUT, POST, DELETE, PATCH);
    static final Key<String> REQUEST_NAME =
            Key.optional("name", Kinds.LABEL, "Under which the request is measured; by default its method and path.");
    static final Key<Map<String, Text>> HEADERS = Key.standard(
            "headers",
            new WorkloadKeys.Offering<>(
                    Named.of(Names.HEADER, new Deferred(), "a mapping of names to texts, as {Accept: text/plain}"),
                    Load.INPUTS),
            "",
            "Headers of the request.");
    static final Key<Text> BODY = Key.optional("body", ASKED, "The body of the request.");
    static final Key<List<Range>> EXPECT = Key.standard(
            "expect",
            Several.of(
                            new Leaf<>(
                                    "a status or a range, as 200 or 200-299",
                                    Kinds::statusSchema,
                                    (text, _) -> statuses(text),
                                    new Range(200, 299)),
                            "a status, a range, or a list of them, as [200-299, 404]")
                    .orOne(),
            "200-299",
            "Statuses that are no error.");
    static final Key<String> CONTAINS =
            Key.standard("contains", Kinds.TEXT, "", "What the answer must hold, or else it is an error.");
    static final Key<Map<String, String>> SAVE = Key.standard(
            "save",
            Named.of(Names.VARIABLE, Kinds.JSON_PATH, "a mapping of names to JSON paths, as {id: order.id}"),
            "",
            "Values of the answer that later requests of the same user need, as `${saved.id}`: JSON paths without their `$`; an empty one is"
                    + " the whole text, whether it is JSON or not.");
    static final Key<String> COMPARE = Key.optional(
            "compare",
            Kinds.choice("what answers are compared with", "alone"),
            "With `alone`, each answer must be the one that is given to somebody who asks alone: such a request is sent twice"
                    + " before the load begins, and what differs later is an error, counted by where it differs first.");
    static final Key<String> HTTP = Key.standard(
            "http",
            Kinds.choice("a version of HTTP", "1", "2"),
            "1",
            "The version of HTTP: `2` by ALPN, or for `http:` by prior knowledge; never another one in secret.");
    static final Key<Long> WEIGHT = Key.standard(
            "weight", Kinds.count("a count", 1, 1000), "1", "How often it is sent, in proportion to the others.");
    private static final String[] VERBS = Stream.concat(
                    METHODS.stream().map(Key::name), ClientRequestKeys.NAMES.stream())
            .toArray(String[]::new);
    static final Shape<Request> REQUEST = new Shape<Request>(
                    "request",
                    "One kind of request. Its texts may hold `${unique}` (what no other request has, in this run or another),"
                            + " `${number}` (of the request, from 0), `${feed.COLUMN}` and `${saved.NAME}`; host and port may not.",
                    "{get: \"${orders.http.url}/orders/1\", expect: 200}",
                    List.of(
                            GET,
                            PUT,
                            POST,
                            DELETE,
                            PATCH,
                            ClientRequestKeys.REDIS,
                            ClientRequestKeys.LINE,
                            ClientRequestKeys.EVENTS,
                            ClientRequestKeys.MESSAGE,
                            ClientRequestKeys.SQL,
                            ClientRequestKeys.GRPC,
                            ClientRequestKeys.PROTO,
                            ClientRequestKeys.AT,
                            ClientRequestKeys.UNTIL,
                            REQUEST_NAME,
                            HEADERS,
                            HTTP,
                            BODY,
                            EXPECT,
                            CONTAINS,
                            SAVE,
                            COMPARE,
                            WEIGHT),
                    RequestKeys::request)
            .choosing(VERBS)
            .needing(VERBS);

    private RequestKeys() {}

    private static Key<Text> method(String name) {
        return Key.optional(name, ASKED, "A %s request: its URL.".formatted(name.toUpperCase(Locale.ROOT)));
    }

    private static Range statuses(String text) throws Refusal {
        Matcher matcher = STATUSES.matcher(text);
        if (!matcher.matches()) {
            throw new Refusal(
                    "'" + Wording.shorten(text) + "' is not a status; expected one as 200, or a range as 200-299");
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        if (to < from) {
            throw new Refusal("'" + text + "' ends before it begins");
        }
        return new Range(from, to);
    }

    private static Request request(Section section) {
        return ClientRequestKeys.request(section).orElseGet(() -> http(section));
    }

    private static Request http(Section section) {
        Optional<Key<Text>> chosen = METHODS.stream().filter(section::has).findFirst();
        Key<Text> method = chosen.orElse(GET);
        Text url = section.optional(method).orElse(Text.of("http://"));
        Passwords.check(section, method, url);
        String verb = method.name().toUpperCase(Locale.ROOT);
        boolean http2 = section.get(HTTP).equals("2");
        if (http2 && section.has(COMPARE)) {
            section.reading().problem(section.path(COMPARE), "compare: only requests over HTTP/1.1 have that");
        } else if (section.has(COMPARE)) {
            checkComparable(section, method, url);
        }
        return new Request(
                section.optional(REQUEST_NAME).orElseGet(() -> verb + " " + path(url)),
                section.get(WEIGHT).intValue(),
                verb,
                url,
                section.get(HEADERS),
                section.optional(BODY).orElse(new Text(List.of())),
                section.get(EXPECT),
                section.get(CONTAINS),
                section.get(SAVE),
                List.of(),
                http2,
                section.has(COMPARE));
    }

    private static void checkComparable(Section section, Key<Text> method, Text url) {
        boolean varies = Stream.concat(Stream.of(url), section.get(HEADERS).values().stream())
                .flatMap(text -> text.references().stream())
                .anyMatch(Text.Input.class::isInstance);
        if (varies) {
            section.reading()
                    .problem(
                            section.path(COMPARE),
                            "compare: the request is another one each time; only one without variables has one answer");
        } else if (!method.name().equals("get")) {
            section.reading()
                    .problem(section.path(COMPARE), "compare: only a get may be sent more often than the load says");
        }
    }

    /// Returns what is behind scheme, host and port.
    private static String path(Text url) {
        String path = url.source().replaceFirst("^(?:[a-z]+://[^/]*|\\$\\{[^}]*\\.(?:url|address)})", "");
        return path.isEmpty() ? "/" : path;
    }

    static Stream<Text> texts(Request request) {
        return Stream.of(
                        Stream.of(request.url(), request.body()),
                        request.headers().values().stream(),
                        request.words().stream())
                .flatMap(texts -> texts);
    }

    // Canonical

    static ObjectNode json(Request request) {
        ObjectNode json = Schemas.empty();
        boolean http = request.isHttp() || request.http2();
        if (http) {
            json.put(request.method().toLowerCase(Locale.ROOT), request.url().source());
        } else {
            ClientRequestKeys.json(json, request);
        }
        Canonical.put(json, REQUEST_NAME, request.name());
        if (!request.headers().isEmpty()) {
            ObjectNode headers = json.putObject(HEADERS.name());
            request.headers().forEach((name, text) -> headers.put(name, text.source()));
        }
        if (!request.body().parts().isEmpty()) {
            json.put(BODY.name(), request.body().source());
        }
        if (request.http2()) {
            Canonical.put(json, HTTP, "2");
        }
        if (http) {
            Canonical.strings(
                    json,
                    EXPECT,
                    request.statuses().stream().map(Range::toString).toList());
        }
        if (!request.contains().isEmpty()) {
            Canonical.put(json, CONTAINS, request.contains());
        }
        if (!request.saves().isEmpty()) {
            ObjectNode saves = json.putObject(SAVE.name());
            request.saves().forEach((name, path) -> saves.put(name, path.replace("$", "$$")));
        }
        if (request.alone()) {
            Canonical.put(json, COMPARE, "alone");
        }
        json.put(WEIGHT.name(), request.weight());
        return json;
    }
}
