package dev.verdict.plan;

import dev.verdict.plan.Load.Range;
import dev.verdict.plan.Load.Request;
import dev.verdict.plan.Load.Stage;
import dev.verdict.plan.Load.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys under a suite's `load`.
final class LoadKeys {
    private static final Pattern STATUSES = Pattern.compile("([1-5][0-9][0-9])(?:-([1-5][0-9][0-9]))?");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

    // A request

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
            "Values of the answer that later requests of the same user need, as `${saved.id}`: JSON paths without their `$`.");
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
                            ClientRequestKeys.AT,
                            ClientRequestKeys.UNTIL,
                            REQUEST_NAME,
                            HEADERS,
                            BODY,
                            EXPECT,
                            CONTAINS,
                            SAVE,
                            WEIGHT),
                    LoadKeys::request)
            .choosing(VERBS)
            .needing(VERBS);

    // A stage

    private static final Kind<Long> COUNT = Kinds.count("a count", 1, 100_000);
    static final Key<Double> STAGE_RATE = Key.optional("rate", Kinds.RATE, "The rate at the stage's end.");
    static final Key<Long> STAGE_USERS = Key.optional("users", COUNT, "The number of users at the stage's end.");
    static final Key<Duration> OVER = Key.required("over", Kinds.DURATION, "How long the stage lasts.");
    static final Shape<Section> STAGE = new Shape<Section>(
                    "stage",
                    "A stretch of a load, in which the rate or the number of users goes from what it was before, at first 0,"
                            + " in a straight line to what is said here.",
                    "{rate: 500/s, over: 30s}",
                    List.of(STAGE_RATE, STAGE_USERS, OVER),
                    section -> section)
            .choosing("rate", "users")
            .needing("rate", "users");

    // The load

    static final Key<String> NAME =
            Key.standard("name", Kinds.LABEL, "load", "What the load is called in reports; unique in the suite.");
    static final Key<List<Request>> REQUESTS = Key.required(
            "request",
            Several.of(REQUEST, "a request or a list of them, as {get: \"${orders.http.url}/\"}")
                    .notEmpty()
                    .orOne(),
            "What is sent: a [request](#request), or a list of them.");
    static final Key<Double> RATE = Key.optional(
            "rate",
            Kinds.RATE,
            "Requests in a second, whatever becomes of those before. Latency counts from when a request was due.");
    static final Key<Long> USERS = Key.optional(
            "users", COUNT, "How many users there are, each of whom waits for an answer before asking again.");
    static final Key<List<Section>> STAGES = Key.optional(
            "stages",
            Several.of(STAGE, "a list of stages, as [{rate: 500/s, over: 30s}]").notEmpty(),
            "Changing rates or numbers of users, in the place of `rate`, `users` and `for`.");
    static final Key<Duration> FOR = Key.optional("for", Kinds.DURATION, "How long requests are sent.");
    static final Key<String> ARRIVAL = Key.standard(
            "arrival",
            Kinds.choice("an arrival", "even", "poisson"),
            "even",
            "How requests at a rate lie in time: at equal distances, or at random as people come who do not know each other.");
    static final Key<Duration> THINK = Key.optional("think", Kinds.DURATION, "How long a user rests after an answer.");
    static final Key<Long> CONNECTIONS = Key.standard("connections", COUNT, "64", "Connections, for a rate.");
    static final Key<Duration> TIMEOUT =
            Key.standard("timeout", Kinds.DURATION, "10s", "How long an answer may take, or else it is an error.");
    static final Key<Double> ERRORS = Key.standard(
            "errors",
            new Leaf<>("a share, as 0.1%", () -> Kinds.matching(SHARE.pattern()), (text, _) -> share(text), 0.0),
            "0%",
            "The share of errors that is allowed.");
    static final Key<Long> MAX_ERRORS =
            Key.optional("maxErrors", Kinds.count("a count", 1, 1_000_000_000), "After so many errors the load ends.");
    static final Key<String> FEED = Key.optional(
            "feed",
            Kinds.PLACE,
            "A file of values, CSV with a line of names or JSON lines: `${feed.COLUMN}` is its next one.");
    static final Shape<Load> LOAD = new Shape<Load>(
                    "load",
                    "Requests that are sent while the suite runs, beside its features and faults. A load is a scenario of its"
                            + " own; see [load.md](load.md).",
                    "{request: {get: \"${orders.http.url}/orders/1\"}, rate: 500/s, for: 60s}",
                    List.of(
                            NAME,
                            REQUESTS,
                            RATE,
                            USERS,
                            STAGES,
                            FOR,
                            ARRIVAL,
                            THINK,
                            CONNECTIONS,
                            TIMEOUT,
                            ERRORS,
                            MAX_ERRORS,
                            FEED),
                    LoadKeys::load)
            .choosing("rate", "users", "stages")
            .needing("rate", "users", "stages");

    private LoadKeys() {}

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

    private static double share(String text) throws Refusal {
        Matcher matcher = SHARE.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) >= 100) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not allowed; expected a share below 100%, as 0.1%");
        }
        return new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
    }

    private static Request request(Section section) {
        return ClientRequestKeys.request(section).orElseGet(() -> http(section));
    }

    private static Request http(Section section) {
        Optional<Key<Text>> chosen = METHODS.stream().filter(section::has).findFirst();
        Key<Text> method = chosen.orElse(GET);
        Text url = section.optional(method).orElse(Text.of("http://"));
        String verb = method.name().toUpperCase(Locale.ROOT);
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
                List.of());
    }

    /// Returns what is behind scheme, host and port.
    private static String path(Text url) {
        String path = url.source().replaceFirst("^(?:[a-z]+://[^/]*|\\$\\{[^}]*\\.(?:url|address)})", "");
        return path.isEmpty() ? "/" : path;
    }

    private static Load load(Section section) {
        Load load = new Load(
                section.get(NAME),
                section.get(REQUESTS),
                unit(section),
                stages(section),
                section.get(ARRIVAL).equals("even") ? Load.Arrival.EVEN : Load.Arrival.POISSON,
                section.optional(THINK).orElse(Duration.ZERO),
                section.get(CONNECTIONS).intValue(),
                section.get(TIMEOUT),
                section.get(ERRORS),
                section.optional(MAX_ERRORS),
                section.optional(FEED));
        check(section, load);
        return load;
    }

    private static Unit unit(Section section) {
        List<Section> stages = section.optional(STAGES).orElse(List.of());
        boolean users = section.has(USERS) || stages.stream().anyMatch(stage -> stage.has(STAGE_USERS));
        return users ? Unit.USERS : Unit.RATE;
    }

    private static List<Stage> stages(Section section) {
        if (!section.has(STAGES)) {
            double number = section.optional(RATE)
                    .orElseGet(
                            () -> section.optional(USERS).map(Long::doubleValue).orElse(1.0));
            Duration lasting = section.optional(FOR).orElse(Duration.ofSeconds(1));
            if (!section.has(FOR)) {
                section.reading()
                        .problem(
                                section.path(FOR),
                                section.reading().position(section.path()),
                                "the key 'for' is missing: " + FOR.kind().words());
            }
            return List.of(new Stage(number, number, lasting));
        }
        if (section.has(FOR)) {
            section.reading().problem(section.path(FOR), "for: 'stages' say how long each of them lasts");
        }
        List<Stage> stages = new ArrayList<>();
        double from = 0;
        for (Section stage : section.get(STAGES)) {
            double to = stage.optional(STAGE_RATE)
                    .orElseGet(() ->
                            stage.optional(STAGE_USERS).map(Long::doubleValue).orElse(1.0));
            stages.add(new Stage(from, to, stage.get(OVER)));
            from = to;
        }
        return stages;
    }

    private static void check(Section section, Load load) {
        Set<String> names = new HashSet<>();
        Set<String> saved = new HashSet<>();
        load.requests().forEach(request -> saved.addAll(request.saves().keySet()));
        for (int index = 0; index < load.requests().size(); index++) {
            Request request = load.requests().get(index);
            String path = section.reading().isPlaced(Paths.item(section.path(REQUESTS), index))
                    ? Paths.item(section.path(REQUESTS), index)
                    : section.path(REQUESTS);
            if (!names.add(request.name())) {
                section.reading()
                        .problem(
                                path,
                                "request: two are called '" + Wording.shorten(request.name())
                                        + "'; give one a name of its own");
            }
            texts(request)
                    .flatMap(text -> text.references().stream())
                    .filter(Text.Input.class::isInstance)
                    .map(reference -> ((Text.Input) reference).name())
                    .forEach(input -> wrong(input, saved, load, request)
                            .ifPresent(why -> section.reading().problem(path, "request: '${" + input + "}': " + why)));
        }
        if (load.requests().stream().map(Request::isHttp).distinct().count() > 1) {
            section.reading()
                    .problem(
                            section.path(REQUESTS),
                            "request: requests over HTTP and others are not sent by one load; give each a load of its own");
        }
        if (!load.isHttp() && section.has(FEED)) {
            section.reading().problem(section.path(FEED), "feed: only loads over HTTP have one");
        }
        if (load.unit() == Unit.RATE && section.has(THINK)) {
            section.reading().problem(section.path(THINK), "think: a rate does not wait for anybody; it is for users");
        }
        List<Section> stages = section.optional(STAGES).orElse(List.of());
        if (stages.stream().anyMatch(stage -> stage.has(STAGE_USERS))
                && stages.stream().anyMatch(stage -> stage.has(STAGE_RATE))) {
            section.reading().problem(section.path(STAGES), "stages: all are rates, or all are numbers of users");
        }
    }

    private static Optional<String> wrong(String input, Set<String> saved, Load load, Request request) {
        if (!request.isHttp() && !input.equals("number")) {
            return Optional.of("only requests over HTTP have that; others have ${number}");
        }
        if (input.startsWith("saved.")) {
            String name = input.substring("saved.".length());
            return saved.contains(name)
                    ? Optional.empty()
                    : Optional.of("no request saves '" + name + "'" + Nearest.hint(name, saved));
        }
        return input.startsWith("feed.") && load.feed().isEmpty()
                ? Optional.of("the load has no 'feed', as feed: users.csv")
                : Optional.empty();
    }

    private static Stream<Text> texts(Request request) {
        return Stream.of(
                        Stream.of(request.url(), request.body()),
                        request.headers().values().stream(),
                        request.words().stream())
                .flatMap(texts -> texts);
    }

    // Canonical

    static ObjectNode json(Load load) {
        ObjectNode json = Schemas.empty();
        Canonical.put(json, NAME, load.name());
        ArrayNode requests = json.putArray(REQUESTS.name());
        load.requests().forEach(request -> requests.add(json(request)));
        boolean constant = load.stages().size() == 1
                && load.stages().getFirst().from() == load.stages().getFirst().to();
        if (constant) {
            number(json, load.unit(), load.stages().getFirst().to());
            json.put(FOR.name(), Amounts.write(load.lasting()));
        } else {
            ArrayNode stages = json.putArray(STAGES.name());
            load.stages().forEach(stage -> {
                ObjectNode one = stages.addObject();
                number(one, load.unit(), stage.to());
                one.put(OVER.name(), Amounts.write(stage.over()));
            });
        }
        json.put(ARRIVAL.name(), load.arrival().name().toLowerCase(Locale.ROOT));
        if (!load.think().isZero()) {
            json.put(THINK.name(), Amounts.write(load.think()));
        }
        json.put(CONNECTIONS.name(), load.connections());
        json.put(TIMEOUT.name(), Amounts.write(load.timeout()));
        json.put(ERRORS.name(), Amounts.share(load.errors()));
        load.maxErrors().ifPresent(most -> json.put(MAX_ERRORS.name(), most));
        load.feed().ifPresent(feed -> Canonical.put(json, FEED, feed));
        return json;
    }

    private static void number(ObjectNode json, Unit unit, double number) {
        switch (unit) {
            case RATE -> json.put(RATE.name(), Amounts.rate(number));
            case USERS -> json.put(USERS.name(), (long) number);
        }
    }

    private static ObjectNode json(Request request) {
        ObjectNode json = Schemas.empty();
        if (request.isHttp()) {
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
        if (request.isHttp()) {
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
        json.put(WEIGHT.name(), request.weight());
        return json;
    }
}
