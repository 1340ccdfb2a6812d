package dev.verdict.plan;

import dev.verdict.plan.Workload.Action;
import dev.verdict.plan.Workload.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Defines the keys under a suite's `workload`.
final class WorkloadKeys {
    private static final String CODES = "an answer's code or a list of them, as [2xx, 404]";
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    // An operation

    private static final Kind<Text> ASKED = new Offering<>(new Deferred(), Workload.INPUTS);
    private static final Kind<List<Text>> WORDS = new Offering<>(
            Several.of(new Deferred(), "a list of texts, as [SET, \"k${key}\", \"${value}\"]")
                    .notEmpty(),
            Workload.INPUTS);

    static final Key<Text> GET = method("get");
    static final Key<Text> PUT = method("put");
    static final Key<Text> POST = method("post");
    static final Key<Text> DELETE = method("delete");
    static final Key<Text> PATCH = method("patch");
    static final Key<Map<String, Text>> HEADERS = Key.standard(
            "headers",
            new Offering<>(
                    Named.of(
                            Names.HEADER,
                            new Deferred(),
                            "a mapping of names to texts, as {Authorization: \"${KEY}\"}"),
                    Workload.INPUTS),
            "",
            "Headers of the request.");
    static final Key<Text> BODY = Key.optional(
            "body",
            ASKED,
            "The body of the request. Unless `headers` say otherwise it is JSON if it begins with `{` or `[`, and else a"
                    + " form, as `value=${value}`.");
    static final Key<List<Text>> REDIS =
            Key.optional("redis", WORDS, "A command for the Redis at the client's node, as `[GET, \"k${key}\"]`.");
    static final Key<Text> SQL =
            Key.optional("sql", ASKED, "A statement for the database whose JDBC URL is the client's node.");
    static final Key<List<Text>> COMMAND =
            Key.optional("command", WORDS, "A program and its arguments; its output is what it answers.");
    static final Key<Long> WEIGHT = Key.standard(
            "weight",
            Kinds.count("a count", 1, 1000),
            "1",
            "How often the operation is chosen, in proportion to the others.");
    static final Key<List<String>> OK = codes(
            "ok",
            "Answers that say that it was done; by default every success: `2xx`, a reply of Redis that is no error, SQL"
                    + " without an error, exit code 0.");
    static final Key<List<String>> FAIL =
            codes("fail", "Answers that say that it was not done and will not be. Only what is certain belongs here.");
    static final Key<List<String>> EMPTY =
            codes("empty", "Answers that say that nothing was there, as `404`; for a Redis `nil` goes without saying.");
    static final Key<String> RESULT = Key.standard(
            "result",
            Kinds.JSON_PATH,
            "",
            "Where in a JSON answer that stands which was there: a JSON path without its `$`, as `node.value` or `[*].id`;"
                    + " by default the whole answer.");
    private static final String[] ACTIONS = Stream.concat(METHODS.stream(), Stream.of("redis", "sql", "command"))
            .toArray(String[]::new);
    static final Shape<Operation> OPERATION = new Shape<Operation>(
                    "operation",
                    "What a client asks, and what the answers mean. Its texts may hold `${key}` (which thing, from 0),"
                            + " `${value}` (unique, a whole number), `${expected}` (the value last seen, for `cas`), `${process}`"
                            + " (who asks: a new one after each answer that did not come) and `${node}` (one of `at`). An answer"
                            + " that is neither ok nor fail is *unknown*: it may have been done, or be done later.",
                    "{put: \"/v1/${key}\", body: \"value=${value}\"}",
                    List.of(
                            GET, PUT, POST, DELETE, PATCH, HEADERS, BODY, REDIS, SQL, COMMAND, WEIGHT, OK, FAIL, EMPTY,
                            RESULT),
                    WorkloadKeys::operation)
            .choosing(ACTIONS)
            .needing(ACTIONS);

    // The workload

    static final Key<WorkloadModel> MODEL = Key.required(
            "model",
            new Leaf<>(
                    "a model: " + Wording.choice(WorkloadModel.ids()),
                    () -> Kinds.matching(String.join("|", WorkloadModel.ids())),
                    (text, _) -> model(text),
                    WorkloadModel.REGISTER),
            "What the system should be: " + Wording.list(WorkloadModel.ids()) + ". See [workloads.md](workloads.md).");
    static final Key<List<Text>> AT = Key.standard(
            "at",
            Several.of(new Deferred(), "an address or a list of them, as \"${store.http.url}\"")
                    .orOne(),
            "",
            "Where the system answers, one node or several: each client keeps to one. A URL for requests, `HOST:PORT`"
                    + " (`${store.redis.address}`) for Redis, a JDBC URL for SQL.");
    static final Key<Long> CLIENTS = Key.standard(
            "clients", Kinds.count("a count", 1, 256), "4", "How many clients act, each one operation at a time.");
    static final Key<Duration> FOR = Key.required("for", Kinds.DURATION, "How long they act.");
    static final Key<Double> RATE = Key.optional(
            "rate", Kinds.RATE, "Operations in a second, of all clients together; by default as many as they can.");
    static final Key<Long> KEYS = Key.standard(
            "keys", Kinds.count("a count", 1, 100_000), "1", "How many things there are: registers, sets, locks.");
    static final Key<Duration> TIMEOUT =
            Key.standard("timeout", Kinds.DURATION, "5s", "When an operation is given up: what it did is unknown.");
    static final Key<Duration> SETTLE = Key.standard(
            "settle",
            Kinds.DURATION,
            "30s",
            "When all faults are undone, everything is read once more at each node. How long the system may take until"
                    + " that is answered.");
    static final Key<Map<String, Operation>> OPERATIONS = Key.required(
            "operations",
            new Named<>(
                    Names.OPERATION,
                    OPERATION,
                    "a mapping of the model's operations, as {write: {redis: […]}, read: {redis: […]}}",
                    1),
            "What clients do: the operations of the model.");
    static final Shape<Workload> WORKLOAD = new Shape<>(
            "workload",
            "Client operations that are recorded one by one, and the consistency model that they must satisfy. It runs"
                    + " beside the suite's features and faults, and is a scenario of its own in the report.",
            "{model: register, at: \"${store.redis.address}\", for: 30s, operations: {…}}",
            List.of(MODEL, AT, CLIENTS, FOR, RATE, KEYS, TIMEOUT, SETTLE, OPERATIONS),
            WorkloadKeys::workload);

    private WorkloadKeys() {}

    private static Key<Text> method(String name) {
        return Key.optional(
                name,
                ASKED,
                "A %s request: a path at the client's node, or a URL.".formatted(name.toUpperCase(Locale.ROOT)));
    }

    private static Key<List<String>> codes(String name, String doc) {
        return Key.standard(name, Several.of(Kinds.CODE, CODES).orOne(), "", doc);
    }

    private static WorkloadModel model(String text) throws Refusal {
        return WorkloadModel.named(text)
                .orElseThrow(() -> new Refusal("'" + Wording.shorten(text) + "' is not a model; allowed are "
                        + Wording.list(WorkloadModel.ids()) + Nearest.hint(text, WorkloadModel.ids())));
    }

    private static Operation operation(Section section) {
        return new Operation(
                action(section),
                section.get(WEIGHT).intValue(),
                section.get(OK),
                section.get(FAIL),
                section.get(EMPTY),
                section.get(RESULT));
    }

    private static Action action(Section section) {
        for (Key<Text> method : List.of(GET, PUT, POST, DELETE, PATCH)) {
            if (section.has(method)) {
                return new Workload.Http(
                        method.name().toUpperCase(Locale.ROOT),
                        section.get(method),
                        section.get(HEADERS),
                        section.optional(BODY).orElse(new Text(List.of())));
            }
        }
        for (Key<?> ofRequest : List.of(HEADERS, BODY)) {
            if (section.has(ofRequest)) {
                section.reading()
                        .problem(
                                section.path(ofRequest),
                                "the key '" + ofRequest.name() + "' belongs to a request: it stands beside "
                                        + Wording.choice(METHODS));
            }
        }
        if (section.has(REDIS)) {
            return new Workload.Redis(section.get(REDIS));
        }
        if (section.has(SQL)) {
            return new Workload.Sql(section.get(SQL));
        }
        if (section.has(COMMAND)) {
            return new Workload.Command(section.get(COMMAND));
        }
        return new Workload.Command(List.of());
    }

    private static Workload workload(Section section) {
        Workload workload = new Workload(
                section.get(MODEL),
                section.get(AT),
                section.get(CLIENTS).intValue(),
                section.get(FOR),
                section.optional(RATE).map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                section.get(KEYS).intValue(),
                section.get(TIMEOUT),
                section.get(SETTLE),
                section.get(OPERATIONS));
        if (section.has(MODEL) && !section.reading().isBroken(section.path(MODEL))) {
            new WorkloadChecks(section, workload).all();
        }
        return workload;
    }

    // Canonical

    static ObjectNode json(Workload workload) {
        ObjectNode json = Schemas.empty();
        json.put(MODEL.name(), workload.model().id());
        Canonical.texts(json, AT, workload.at());
        json.put(CLIENTS.name(), workload.clients());
        json.put(FOR.name(), Amounts.write(workload.lasting()));
        workload.rate().ifPresent(rate -> json.put(RATE.name(), Amounts.rate(rate)));
        json.put(KEYS.name(), workload.keys());
        json.put(TIMEOUT.name(), Amounts.write(workload.timeout()));
        json.put(SETTLE.name(), Amounts.write(workload.settle()));
        ObjectNode operations = json.putObject(OPERATIONS.name());
        workload.operations().forEach((name, operation) -> operations.set(name, json(operation)));
        return json;
    }

    private static ObjectNode json(Operation operation) {
        ObjectNode json = Schemas.empty();
        switch (operation.action()) {
            case Workload.Http http -> {
                json.put(http.method().toLowerCase(Locale.ROOT), http.target().source());
                if (!http.headers().isEmpty()) {
                    ObjectNode headers = json.putObject(HEADERS.name());
                    http.headers().forEach((name, text) -> headers.put(name, text.source()));
                }
                if (!http.body().parts().isEmpty()) {
                    json.put(BODY.name(), http.body().source());
                }
            }
            case Workload.Redis redis -> Canonical.texts(json, REDIS, redis.words());
            case Workload.Sql sql -> json.put(SQL.name(), sql.statement().source());
            case Workload.Command command -> Canonical.texts(json, COMMAND, command.words());
        }
        json.put(WEIGHT.name(), operation.weight());
        Canonical.strings(json, OK, operation.ok());
        Canonical.strings(json, FAIL, operation.fail());
        Canonical.strings(json, EMPTY, operation.empty());
        if (!operation.result().isEmpty()) {
            Canonical.put(json, RESULT, operation.result());
        }
        return json;
    }

    /// Lets the texts inside refer to what only each operation knows.
    record Offering<T>(Kind<T> inner, List<String> inputs) implements Kind<T> {
        @Override
        public T read(Node node, String path, Reading reading) {
            return reading.scope().offering(inputs, () -> inner.read(node, path, reading));
        }

        @Override
        public T standIn() {
            return inner.standIn();
        }

        @Override
        public String words() {
            return inner.words();
        }

        @Override
        public Node standard(String text, Position position) {
            return inner.standard(text, position);
        }

        @Override
        public Optional<Shape<?>> shape() {
            return inner.shape();
        }

        @Override
        public ObjectNode schema() {
            return inner.schema();
        }
    }
}
