package dev.verdict.plan;

import dev.verdict.plan.Load.Request;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys of a load's request that is not asked over HTTP as such.
final class ClientRequestKeys {
    private static final Pattern METHOD =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*/[A-Za-z_][A-Za-z0-9_]*");
    private static final Kind<Text> ASKED = new WorkloadKeys.Offering<>(new Deferred(), Load.INPUTS);

    static final Key<List<Text>> REDIS = Key.optional(
            "redis",
            new WorkloadKeys.Offering<>(
                    Several.of(new Deferred(), "a list of words, as [GET, k]").notEmpty(), Load.INPUTS),
            "A command to the Redis `at` an address: its words.");
    static final Key<Text> LINE =
            Key.optional("line", ASKED, "A line to the TCP service `at` an address, which answers with a line.");
    static final Key<Text> EVENTS = Key.optional(
            "events",
            ASKED,
            "The URL of a stream of server-sent events, read to its end: the first byte is the first event, and the gaps"
                    + " between events are measured.");
    static final Key<Text> MESSAGE =
            Key.optional("message", ASKED, "A text to the WebSocket `at` a URL, which answers with a text.");
    static final Key<Text> SQL = Key.optional(
            "sql", ASKED, "A statement to the database `at` a JDBC URL, a transaction of its own; rows are an answer.");
    static final Key<String> GRPC = Key.optional(
            "grpc",
            new Leaf<>(
                    "a service and its method, as shop.Stock/Reserve",
                    () -> Kinds.matching(METHOD.pattern()),
                    (text, _) -> method(text),
                    "a/b"),
            "A method of gRPC `at` an address or URL, as `shop.Stock/Reserve`."
                    + " `body` is the message as JSON, or an array of them where a stream is taken; `headers` is the metadata.");
    static final Key<List<String>> PROTO = Key.optional(
                    "proto",
                    Several.of(Kinds.PLACE, "a `.proto` file or a list of them, as stock.proto")
                            .notEmpty()
                            .orOne(),
                    "The `.proto` files that declare the method; without them the server is asked, by reflection.")
            .beside(GRPC);
    static final Key<Text> AT = Key.optional(
            "at",
            new Deferred(),
            "Where: `${cache.redis.address}`, for a message `ws://${chat.http.address}/path`, for SQL a JDBC URL.");
    static final Key<Text> UNTIL = Key.optional(
                    "until", new Deferred(), "The data of the event that ends a stream, as `[DONE]`.")
            .beside(EVENTS);

    static final List<String> NAMES = Stream.<Key<?>>of(REDIS, LINE, EVENTS, MESSAGE, SQL, GRPC)
            .<String>map(Key::name)
            .toList();

    private static final Text NOTHING = new Text(List.of());

    private ClientRequestKeys() {}

    private static String method(String text) throws Refusal {
        if (!METHOD.matcher(text).matches()) {
            throw new Refusal("'" + Wording.shorten(text)
                    + "' is no method; expected a service and its method, as shop.Stock/Reserve");
        }
        return text;
    }

    /// Returns the request, if it is one of these.
    static Optional<Request> request(Section section) {
        Optional<Request> request = of(section);
        Stream.of(AT, EVENTS)
                .filter(section::has)
                .forEach(key ->
                        Passwords.check(section, key, section.optional(key).orElse(NOTHING)));
        boolean placed = section.has(REDIS)
                || section.has(LINE)
                || section.has(MESSAGE)
                || section.has(SQL)
                || section.has(GRPC);
        if (placed != section.has(AT)) {
            section.reading()
                    .problem(
                            section.path(AT),
                            section.reading().position(section.path()),
                            placed
                                    ? "the key 'at' is missing: the address, as ${cache.redis.address}"
                                    : "at: only redis, line, message, sql and grpc are asked somewhere else than at a URL of their own");
        }
        return request;
    }

    private static Optional<Request> of(Section section) {
        Text at = section.optional(AT).orElse(Text.of(""));
        if (section.has(REDIS)) {
            List<Text> words = section.optional(REDIS).orElse(List.of());
            String first = words.isEmpty() ? "" : " " + words.getFirst().source();
            return Optional.of(request(section, "REDIS", "redis" + first, at, words));
        }
        for (Key<Text> key : List.of(LINE, MESSAGE, SQL)) {
            if (section.has(key)) {
                List<Text> asked = section.optional(key).stream().toList();
                return Optional.of(request(section, key.name().toUpperCase(Locale.ROOT), key.name(), at, asked));
            }
        }
        if (section.has(GRPC)) {
            String method = section.optional(GRPC).orElse("");
            List<Text> words = Stream.concat(
                            Stream.of(method), section.optional(PROTO).stream().flatMap(List::stream))
                    .map(Text::of)
                    .toList();
            return Optional.of(request(section, "GRPC", method, at, words));
        }
        return section.optional(EVENTS)
                .map(url -> request(
                        section,
                        "EVENTS",
                        "events",
                        url,
                        section.optional(UNTIL).stream().toList()));
    }

    private static Request request(Section section, String method, String usual, Text url, List<Text> words) {
        boolean grpc = method.equals("GRPC");
        for (Key<?> key : List.of(RequestKeys.BODY, RequestKeys.EXPECT, RequestKeys.COMPARE, RequestKeys.HTTP)) {
            if (section.has(key) && !(grpc && key.name().equals(RequestKeys.BODY.name()))) {
                section.reading().problem(section.path(key), key.name() + ": only requests over HTTP have that");
            }
        }
        if (section.has(RequestKeys.HEADERS) && !method.equals("EVENTS") && !grpc) {
            section.reading()
                    .problem(
                            section.path(RequestKeys.HEADERS),
                            "headers: only requests over HTTP, events and grpc have them");
        }
        return new Request(
                section.optional(RequestKeys.REQUEST_NAME).orElse(usual),
                section.get(RequestKeys.WEIGHT).intValue(),
                method,
                url,
                section.get(RequestKeys.HEADERS),
                grpc ? section.optional(RequestKeys.BODY).orElse(NOTHING) : NOTHING,
                section.get(RequestKeys.EXPECT),
                section.get(RequestKeys.CONTAINS),
                section.get(RequestKeys.SAVE),
                words,
                false,
                false);
    }

    /// Writes what is asked, and where.
    static void json(ObjectNode json, Request request) {
        switch (request.method()) {
            case "REDIS" -> Canonical.texts(json, REDIS, request.words());
            case "EVENTS" -> {
                json.put(EVENTS.name(), request.url().source());
                request.words().forEach(until -> json.put(UNTIL.name(), until.source()));
                return;
            }
            case "GRPC" -> {
                Canonical.put(json, GRPC, request.words().getFirst().source());
                if (request.words().size() > 1) {
                    Canonical.texts(
                            json,
                            PROTO,
                            request.words().subList(1, request.words().size()));
                }
            }
            default ->
                json.put(
                        request.method().toLowerCase(Locale.ROOT),
                        request.words().getFirst().source());
        }
        json.put(AT.name(), request.url().source());
    }
}
