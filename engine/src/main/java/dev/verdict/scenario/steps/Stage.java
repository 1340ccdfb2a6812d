package dev.verdict.scenario.steps;

import dev.verdict.environment.Endpoint;
import dev.verdict.scenario.World;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Holds what the built-in steps of one scenario share: connections, last answers, and how a noun
/// finds its content.
public final class Stage {
    private static final byte[] NO_BODY = {};

    private final World world;
    private final Watch watch;
    private final Exchanges exchanges;
    private final HttpSources http;
    private final Streams<EventStream> events;
    private final Streams<MessageSocket> sockets;
    private final Commands commands;
    private final FileSources files;
    private final Manifests manifests;
    private final Disturbances disturbances;
    private final Services services;
    private final Logs logs;
    private final Metrics metrics;
    private final Queries queries;
    private final Redis redis;

    /// What numbers were when the scenario took note of them.
    private final Map<Phrase, BigDecimal> noted = new HashMap<>();

    public Stage(World world) {
        Observer observer = new Observer(world.evidence());
        this.world = world;
        this.watch = new Watch(world.evidence(), observer);
        this.exchanges = new Exchanges(world, observer);
        this.http = new HttpSources(world, exchanges, observer);
        this.events = new Streams<>("sse", "events", observer);
        this.sockets = new Streams<>("websocket", "messages", observer);
        this.commands = new Commands(world, observer);
        this.files = new FileSources(world, observer);
        this.manifests = new Manifests(world, observer, files, exchanges);
        this.disturbances = new Disturbances(world);
        this.services = new Services(world, observer, disturbances);
        this.logs = new Logs(world, observer, services);
        this.metrics = new Metrics(world, observer, exchanges);
        this.queries = new Queries(world, observer);
        this.redis = new Redis(world, observer);
    }

    World world() {
        return world;
    }

    /// Fills in `${name}`.
    String text(String text) {
        return world.expand(text);
    }

    Amount amount(Amount amount) {
        return amount.expand(this::text);
    }

    JsonNode json(Value value) {
        return value.json(this::text);
    }

    /// Returns a file of the plan's folder.
    Path path(String name) {
        return files.path(text(name));
    }

    Disturbances disturbances() {
        return disturbances;
    }

    Exchanges exchanges() {
        return exchanges;
    }

    HttpSources http() {
        return http;
    }

    Streams<EventStream> events() {
        return events;
    }

    Streams<MessageSocket> sockets() {
        return sockets;
    }

    Commands commands() {
        return commands;
    }

    FileSources files() {
        return files;
    }

    Manifests manifests() {
        return manifests;
    }

    Services services() {
        return services;
    }

    Queries queries() {
        return queries;
    }

    Redis redis() {
        return redis;
    }

    void openEvents(String path, String service, String name) throws NoAnswer, InterruptedException {
        Request request = exchanges.request("GET", path, service, NO_BODY, "").with("Accept", "text/event-stream");
        Inbox inbox = new Inbox("event stream " + path + " of " + request.address());
        events.add(name, world.closing(EventStream.over(exchanges.open(request, inbox.label()), inbox)), inbox);
    }

    void openSocket(String path, String service, String name) throws NoAnswer, InterruptedException {
        Request request = exchanges.request("GET", path, service, NO_BODY, "");
        Inbox inbox = new Inbox("WebSocket " + path + " of " + request.address());
        Endpoint endpoint = request.address().endpoint(world);
        sockets.add(
                name,
                world.closing(MessageSocket.open(
                        request.address(),
                        HttpConnections.uri("ws://" + endpoint, path),
                        request.headers(),
                        request.timeout(),
                        inbox)),
                inbox);
    }

    void check(Patience patience, Source source, Expectation expectation) throws NoAnswer, InterruptedException {
        watch.check(patience, source, expectation);
    }

    /// Holds a content to an expectation; what comes by itself is waited for.
    void check(Patience patience, Phrase said, Expectation expectation) throws NoAnswer, InterruptedException {
        Phrase phrase = said.expand(this::text);
        watch.check(usual(phrase, patience), source(phrase), expectation);
    }

    /// Holds a content to an expectation that something is not in it.
    ///
    /// @throws IllegalArgumentException for `an event` and `a message`: one of many lacks nearly
    ///     anything
    void checkNot(Patience patience, Phrase said, Expectation expectation) throws NoAnswer, InterruptedException {
        switch (said.noun()) {
            case "an event", "a message" ->
                throw new IllegalArgumentException(
                        "some of many always differ: write \"the events\" or \"the messages\""
                                + " to check all of them, or \"the event\" or \"the message\" for the last one");
            case "the events" -> checkText(patience, said, events, expectation);
            case "the messages" -> checkText(patience, said, sockets, expectation);
            default -> check(patience, said, expectation);
        }
    }

    /// Looks into every line of a list, not only for an element that is the same.
    private void checkText(Patience patience, Phrase said, Streams<?> streams, Expectation expectation)
            throws NoAnswer, InterruptedException {
        Phrase phrase = said.expand(this::text);
        if (phrase.path().isPresent()) {
            check(patience, said, expectation);
        } else {
            watch.check(patience, streams.text(phrase.of()), expectation);
        }
    }

    /// Returns a content that must be there.
    Content find(Phrase said) throws NoAnswer, InterruptedException {
        Phrase phrase = said.expand(this::text);
        return watch.find(usual(phrase, Patience.NOW).time(), source(phrase));
    }

    /// Records a comparison that is made once.
    void record(String subject, Object expected, Object actual, boolean passed, Optional<String> weakness) {
        if (weakness.isPresent()) {
            world.evidence().weakCheck(subject, expected, actual, passed, weakness.get());
        } else {
            world.evidence().check(subject, expected, actual, passed);
        }
    }

    /// Takes note of a number. A metric that is absent counts as 0: a counter appears with its
    /// first increment.
    void note(Phrase said) throws NoAnswer, InterruptedException {
        Phrase phrase = said.expand(this::text);
        Source source = source(phrase);
        Content content = source.look().getLast();
        boolean counter = phrase.noun().equals("the metric") && content instanceof Content.Absent;
        noted.put(
                phrase,
                counter
                        ? BigDecimal.ZERO
                        : content.number()
                                .orElseThrow(() -> new IllegalArgumentException(
                                        source.label() + " is no number, but " + content.shown())));
    }

    /// Expects a number to have grown since it was noted.
    Expectation increase(Phrase said, Amount amount) {
        BigDecimal before = noted.get(said.expand(this::text));
        if (before == null) {
            throw new IllegalStateException("take note of it first: When … is noted");
        }
        return Expectation.of(
                        "increased by " + amount + " from " + before,
                        content -> content.number()
                                .map(now -> amount.accept(now.subtract(before)))
                                .orElse(false))
                .weakIf(amount.weakness());
    }

    private static Patience usual(Phrase phrase, Patience patience) {
        return switch (phrase.noun()) {
            case "an event", "the event", "the events", "a message", "the message", "the messages" ->
                patience.orWithin(Streams.USUAL_WAIT);
            default -> patience;
        };
    }

    private Source source(Phrase phrase) {
        Source whole = noun(phrase);
        return phrase.path().<Source>map(path -> new Part(whole, path)).orElse(whole);
    }

    private Source noun(Phrase phrase) {
        String name = phrase.name();
        String of = phrase.of();
        return switch (phrase.noun()) {
            case "the body" -> http.body();
            case "the header" -> http.header(name);
            case "the exit code" -> commands.exitCode();
            case "the output" -> commands.output();
            case "the error output" -> commands.errors();
            case "the file" -> files.file(name);
            case "the folder" -> files.folder(name);
            case "the log" -> logs.log(of);
            case "the metric" -> metrics.metric(name, of);
            case "the restarts" -> services.restarts(of);
            case "an event" -> events.any(of, name);
            case "the event" -> events.current(of);
            case "the events" -> events.list(of);
            case "a message" -> sockets.any(of, "");
            case "the message" -> sockets.current(of);
            case "the messages" -> sockets.list(of);
            case "the rows" -> queries.rows();
            case "the reply" -> redis.reply();
            default -> throw new IllegalArgumentException("no content: " + phrase.noun());
        };
    }

    /// Looks at what a JSON path finds in a content.
    private record Part(Source whole, String path) implements Source {
        @Override
        public String label() {
            return path + " in the " + whole.label();
        }

        @Override
        public List<Content> look() throws NoAnswer, InterruptedException {
            return whole.look().stream().map(content -> content.at(path)).toList();
        }

        @Override
        public void refresh(Duration atMost) throws NoAnswer, InterruptedException {
            whole.refresh(atMost);
        }

        @Override
        public void chosen(int index) {
            whole.chosen(index);
        }
    }
}
