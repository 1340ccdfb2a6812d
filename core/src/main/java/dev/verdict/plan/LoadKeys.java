package dev.verdict.plan;

import dev.verdict.plan.Load.Request;
import dev.verdict.plan.Load.Stage;
import dev.verdict.plan.Load.Unit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys under a suite's `load`.
final class LoadKeys {
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?)%");

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
            Several.of(RequestKeys.REQUEST, "a request or a list of them, as {get: \"${orders.http.url}/\"}")
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

    private static double share(String text) throws Refusal {
        Matcher matcher = SHARE.matcher(text);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) >= 100) {
            throw new Refusal("'" + Wording.shorten(text) + "' is not allowed; expected a share below 100%, as 0.1%");
        }
        return new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue();
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
            RequestKeys.texts(request)
                    .flatMap(text -> text.references().stream())
                    .filter(Text.Input.class::isInstance)
                    .map(reference -> ((Text.Input) reference).name())
                    .forEach(input -> wrong(input, saved, load)
                            .ifPresent(why -> section.reading().problem(path, "request: '${" + input + "}': " + why)));
        }
        if (load.requests().stream().map(Request::isHttp).distinct().count() > 1) {
            section.reading()
                    .problem(
                            section.path(REQUESTS),
                            "request: requests over HTTP and others are not sent by one load; give each a load of its own");
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

    private static Optional<String> wrong(String input, Set<String> saved, Load load) {
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

    // Canonical

    static ObjectNode json(Load load) {
        ObjectNode json = Schemas.empty();
        Canonical.put(json, NAME, load.name());
        ArrayNode requests = json.putArray(REQUESTS.name());
        load.requests().forEach(request -> requests.add(RequestKeys.json(request)));
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
}
