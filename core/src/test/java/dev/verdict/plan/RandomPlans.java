package dev.verdict.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/// Makes plans of every shape from a seed.
final class RandomPlans {
    private static final String[] TEXTS = {
        "x",
        "5",
        "true",
        "null",
        "~",
        "",
        " ",
        "a: b",
        "- a",
        "#no",
        "${x}",
        "$$",
        "$",
        "\"",
        "'",
        "\\",
        "{",
        "[a]",
        "\n",
        "a\nb\n",
        "\t",
        "\u0001",
        "\u007f",
        "\u0085",
        "\u2028",
        "\ufeff",
        "é",
        "日本",
        "😀",
        "0x1F",
        "1e3",
        "@x",
        "*a",
        "&a",
        "!a",
        "%a",
        "|",
        ">",
        "2026-11-20",
        "a,b",
        "yes",
        "\u00a0",
        "\ud800",
        "\ufffe",
    };

    private final Random random;
    private Exposed exposed = new Exposed(List.of(), List.of());
    private Compose compose = new Compose(List.of(), List.of(), List.of(), Map.of());

    RandomPlans(long seed) {
        this.random = new Random(seed);
    }

    private String any() {
        StringBuilder text = new StringBuilder();
        for (int part = random.nextInt(4); part >= 0; part--) {
            text.append(TEXTS[random.nextInt(TEXTS.length)]);
        }
        return text.toString();
    }

    private String label() {
        return ("n" + any()).replaceAll("\\p{Cntrl}|[\u007f-\u009f]", "");
    }

    private static String name(String prefix, int index) {
        return prefix + index;
    }

    private <T> List<T> some(int most, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            items.add(item.get());
        }
        return items;
    }

    private <T> List<T> least(Supplier<T> item) {
        List<T> items = new ArrayList<>(some(2, item));
        items.addFirst(item.get());
        return items;
    }

    private <T> Optional<T> maybe(Supplier<T> item) {
        return random.nextBoolean() ? Optional.of(item.get()) : Optional.empty();
    }

    private Duration time() {
        long[] units = {1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L, 1_500_000L};
        return Duration.ofNanos(units[random.nextInt(units.length)] * (1 + random.nextInt(20)));
    }

    private OptionalLong count() {
        return random.nextBoolean() ? OptionalLong.of(1 + random.nextInt(100_000)) : OptionalLong.empty();
    }

    Plan plan() {
        Map<String, String> vars = new LinkedHashMap<>();
        for (int index = random.nextInt(4); index > 0; index--) {
            vars.put(name("v", index), any());
        }
        List<Secret> secrets = new ArrayList<>();
        for (int index = random.nextInt(3); index > 0; index--) {
            secrets.add(new Secret(name("S", index), maybe(() -> "f" + any())));
        }
        Map<String, List<String>> services = new LinkedHashMap<>();
        for (int index = random.nextInt(4); index > 0; index--) {
            services.put(
                    name("service-", index),
                    random.nextBoolean() ? List.of("http") : random.nextBoolean() ? List.of("a", "b") : List.of());
        }
        Supplier<Text> texts = text(services, secrets);
        compose = new Compose(least(() -> "c" + any()), some(2, this::any), some(2, this::any), env(texts));
        Map<String, Service> built = new LinkedHashMap<>();
        // From inside a container few addresses can be reached.
        Supplier<Text> inside = text(Map.of(), secrets);
        services.forEach(
                (name, ports) -> built.put(name, service(name, ports, List.copyOf(built.keySet()), texts, inside)));
        if (random.nextBoolean()) {
            built.put("billing", existing("billing"));
        }
        exposed = Exposed.of(built.values());
        List<Phase> phases = new ArrayList<>();
        for (int index = 1 + random.nextInt(2); index > 0; index--) {
            phases.add(new Phase(
                    index + label(),
                    List.of(suite(index + "a", services.keySet()), suite(index + "b", services.keySet()))));
        }
        return new Plan(label(), random.nextLong(), vars, secrets, built, artifacts(), phases, targets(built.keySet()));
    }

    private Map<String, Artifact> artifacts() {
        Map<String, Artifact> artifacts = new LinkedHashMap<>();
        for (int index = random.nextInt(3); index > 0; index--) {
            String name = name("a-", index);
            artifacts.put(name, new Artifact(name, 1 + random.nextInt(1 << 30), random.nextLong(), random.nextInt(5)));
        }
        return artifacts;
    }

    private Text url() {
        return Text.of("http://a/" + any());
    }

    private List<Target> targets(Collection<String> services) {
        List<Target> targets = new ArrayList<>();
        add(targets, own("system", Measure.SYSTEM_READY), new Target.Max(quantity("250ms")));
        add(targets, new Target.Reported("r" + any()), new Target.Percentile(99.9, quantity("64 MiB")));
        add(
                targets,
                new Target.Metric("orders_total{a=\"b\"}", url(), Optional.of("all")),
                new Target.AtLeast(quantity("95.5%")));
        add(
                targets,
                new Target.Query("rate(x[1m])" + any(), url()),
                new Target.Overshoot(quantity("5%"), quantity("3")));
        add(
                targets,
                new Target.Measured(
                        "run",
                        Measure.RUN_COST,
                        Optional.of(new Target.Prices(quantity("0.04 USD"), quantity("1 EUR")))),
                new Target.Within(quantity("10%"), quantity("0.5 USD")));
        for (String service : services) {
            add(targets, own(service, Measure.SERVICE_RSS), new Target.Leak(time(), quantity("1 MiB/min")));
            add(targets, own(service, Measure.SERVICE_THREADS), new Target.Settled(time()));
        }
        return targets;
    }

    private static Target.Measured own(String subject, Measure measure) {
        return new Target.Measured(subject, measure, Optional.empty());
    }

    private void add(List<Target> targets, Target.Source source, Target.Bound bound) {
        boolean sure = bound instanceof Target.AtLeast || bound instanceof Target.Percentile;
        if (random.nextBoolean()) {
            targets.add(new Target(
                    targets.size() + label(),
                    source,
                    bound,
                    sure && random.nextBoolean() ? OptionalDouble.of(0.95) : OptionalDouble.empty()));
        }
    }

    private static Quantity quantity(String text) {
        try {
            return Quantity.parse(text);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal);
        }
    }

    private Supplier<Text> text(Map<String, List<String>> services, List<Secret> secrets) {
        List<Text.Part> references = new ArrayList<>();
        services.forEach((service, ports) -> ports.forEach(
                port -> Scope.FIELDS.forEach(field -> references.add(new Text.Address(service, port, field)))));
        secrets.forEach(secret -> references.add(new Text.SecretValue(secret.name())));
        Scope.FACTS.forEach(fact -> references.add(new Text.Fact(fact)));
        return () -> {
            List<Text.Part> parts = new ArrayList<>();
            parts.add(new Text.Literal("x" + any()));
            if (random.nextBoolean()) {
                parts.add(references.get(random.nextInt(references.size())));
                parts.add(new Text.Literal("y" + any()));
            }
            return new Text(parts);
        };
    }

    private Service service(
            String name, List<String> portNames, List<String> earlier, Supplier<Text> text, Supplier<Text> inside) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                Runs.Source source = random.nextBoolean()
                        ? new Runs.Source.Image(inside.get())
                        : new Runs.Source.Build(inside.get(), maybe(inside), env(inside));
                Runs runs = new Runs.Container(source, some(2, inside), some(2, inside), limits(), clock());
                yield service(name, runs, portNames, needs(earlier), env(inside), inside);
            }
            case 1 -> service(name, new Runs.FromCompose(compose, clock()), portNames, List.of(), env(text), text);
            default -> {
                Runs runs = new Runs.LocalProcess(least(text), maybe(text), limits(), Runs.Network.HOST, clock());
                yield service(name, runs, portNames, needs(earlier), env(text), text);
            }
        };
    }

    private Runs.Own clock() {
        return new Runs.Own(OptionalLong.empty(), random.nextBoolean());
    }

    private static List<String> needs(List<String> earlier) {
        return earlier.isEmpty() ? List.of() : List.of(earlier.getFirst());
    }

    private Service service(
            String name,
            Runs runs,
            List<String> portNames,
            List<String> needs,
            Map<String, Text> env,
            Supplier<Text> text) {
        Map<String, Port> ports = new LinkedHashMap<>();
        for (String port : portNames) {
            Optional<String> variable = maybe(() -> "PORT_" + port);
            OptionalInt inside = runs.contained() ? OptionalInt.of(1 + random.nextInt(65_535)) : OptionalInt.empty();
            ports.put(port, new Port(port, variable, OptionalInt.empty(), inside));
        }
        List<String> signals = List.of("TERM", "INT", "HUP", "KILL");
        List<Text> writes = some(2, text);
        return new Service(
                name,
                writes.isEmpty() ? runs : withDisk(runs),
                needs,
                ports,
                env,
                ready(portNames, runs.contained(), text),
                new Stop(signals.get(random.nextInt(signals.size())), time()),
                writes);
    }

    private Runs withDisk(Runs runs) {
        Runs.Own own = new Runs.Own(count(), runs.own().clock());
        return switch (runs) {
            case Runs.LocalProcess local ->
                new Runs.LocalProcess(local.command(), local.directory(), local.limits(), local.network(), own);
            case Runs.Container box ->
                new Runs.Container(box.source(), box.command(), box.volumes(), box.limits(), own);
            case Runs.FromCompose(Compose file, var _) -> new Runs.FromCompose(file, own);
            case Runs.Existing existing -> existing;
        };
    }

    private Map<String, Text> env(Supplier<Text> text) {
        Map<String, Text> env = new LinkedHashMap<>();
        for (int index = random.nextInt(3); index > 0; index--) {
            env.put(name("E.", index), text.get());
        }
        return env;
    }

    private Limits limits() {
        return random.nextBoolean() ? Limits.NONE : new Limits(count(), count(), count(), count());
    }

    private Service existing(String name) {
        Readiness ready = new Readiness.Tcp(List.of("http"), Duration.ofSeconds(30));
        return new Service(
                name,
                new Runs.Existing(
                        Map.of("http", new Runs.Location("db-" + name + ".example.org", 1 + random.nextInt(9)))),
                List.of(),
                Map.of("http", new Port("http", Optional.empty(), OptionalInt.empty())),
                Map.of(),
                ready,
                new Stop("TERM", Duration.ofSeconds(10)),
                List.of());
    }

    private Readiness ready(List<String> ports, boolean contained, Supplier<Text> text) {
        return switch (random.nextInt(5)) {
            case 0 -> new Readiness.Log("a+[$](b|c)$", time());
            case 1 -> new Readiness.Command(least(text), time());
            case 2 -> new Readiness.Exit(random.nextInt(256), time());
            case 3 ->
                ports.isEmpty() ? usual(ports, contained) : new Readiness.Http(ports.getLast(), "/h?a=$b", 204, time());
            default ->
                ports.isEmpty() || contained
                        ? usual(ports, contained)
                        : new Readiness.Tcp(List.of(ports.getFirst()), time());
        };
    }

    private Readiness usual(List<String> ports, boolean contained) {
        return contained ? new Readiness.Healthy(ports, time()) : new Readiness.Started(time());
    }

    private FaultSpec fault(List<String> services) {
        String service = services.get(random.nextInt(services.size()));
        if (random.nextInt(4) == 0) {
            List<String> kinds = List.of("kill", "delay", "httpStatus");
            Duration lasting = Duration.ofSeconds(2 + random.nextInt(100));
            List<FaultTarget> targets = random.nextBoolean() ? List.of() : List.of(new FaultTarget.OfService(service));
            return new RandomFaults(
                    kinds, targets, lasting, Duration.ofMillis(1500), Duration.ofSeconds(3), Duration.ofMinutes(1));
        }
        var seeded = new java.util.SplittableRandom(random.nextLong());
        // A partition is drawn of several; what else fits depends on how the service runs.
        List<RandomKind> kinds = RandomKind.names().stream()
                .map(RandomKind::of)
                .filter(kind ->
                        kind != RandomKind.PARTITION && !fitting(kind, service).isEmpty())
                .toList();
        RandomKind kind = kinds.get(random.nextInt(kinds.size()));
        FaultTarget target = fitting(kind, service).getFirst();
        boolean often = random.nextBoolean();
        return new ScheduledFault(
                kind.draw(target, seeded),
                target,
                random.nextBoolean() ? Duration.ZERO : time(),
                often ? Optional.of(Duration.ofMillis(200)) : maybe(this::time),
                often ? Duration.ofSeconds(1) : Duration.ZERO,
                often ? 3 : 1);
    }

    private List<FaultTarget> fitting(RandomKind kind, String service) {
        return Nemesis.fitting(kind, List.of(new FaultTarget.OfService(service)), exposed);
    }

    private Suite suite(String name, Collection<String> services) {
        return new Suite(
                name + label(),
                least(() -> "f" + any()),
                random.nextBoolean() ? "" : "@a and not (@b or @c)",
                1 + random.nextInt(8),
                time(),
                some(2, () -> "com.example.steps"),
                some(2, () -> "c" + any()),
                services.isEmpty() ? List.of() : some(3, () -> fault(List.copyOf(services))),
                numbered(some(2, this::load)),
                maybe(this::workload));
    }

    private static List<Load> numbered(List<Load> loads) {
        List<Load> named = new ArrayList<>();
        for (Load load : loads) {
            named.add(new Load(
                    load.name() + named.size(),
                    load.requests(),
                    load.unit(),
                    load.stages(),
                    load.arrival(),
                    load.think(),
                    load.connections(),
                    load.timeout(),
                    load.errors(),
                    load.maxErrors(),
                    load.feed()));
        }
        return named;
    }

    private Load load() {
        boolean users = random.nextBoolean();
        double number = 1 + random.nextInt(50);
        Duration over = time();
        List<Load.Stage> stages = random.nextBoolean()
                ? List.of(new Load.Stage(number, number, over))
                : List.of(new Load.Stage(0, number, over), new Load.Stage(number, number + 2, over));
        Text url = new Text(List.of(new Text.Literal("http://a/"), new Text.Input("unique"), new Text.Input("feed.b")));
        Load.Request request = new Load.Request(
                label(),
                1 + random.nextInt(5),
                random.nextBoolean() ? "GET" : "PUT",
                url,
                random.nextBoolean() ? Map.of() : Map.of("X-A", Text.of("a" + any())),
                random.nextBoolean() ? new Text(List.of()) : Text.of("b" + any()),
                List.of(new Load.Range(200, 299), new Load.Range(404, 404)),
                random.nextBoolean() ? "" : any(),
                random.nextBoolean() ? Map.of() : Map.of("id", "a[*].b"),
                List.of(),
                false,
                false);
        boolean http = random.nextBoolean();
        return new Load(
                label(),
                List.of(http ? random.nextBoolean() ? request : comparable() : asked()),
                users ? Load.Unit.USERS : Load.Unit.RATE,
                stages,
                random.nextBoolean() ? Load.Arrival.EVEN : Load.Arrival.POISSON,
                users && random.nextBoolean() ? time() : Duration.ZERO,
                1 + random.nextInt(99),
                time(),
                random.nextInt(100) / 1000.0,
                maybe(() -> 1L + random.nextInt(9)),
                http || random.nextBoolean() ? Optional.of("f" + any()) : Optional.empty());
    }

    private Load.Request comparable() {
        return new Load.Request(
                label(),
                1,
                "GET",
                Text.of("http://a/" + any()),
                Map.of(),
                new Text(List.of()),
                List.of(new Load.Range(200, 299)),
                "",
                Map.of(),
                List.of(),
                false,
                random.nextBoolean());
    }

    private Load.Request http2() {
        return new Load.Request(
                label(),
                1,
                random.nextBoolean() ? "GET" : "POST",
                new Text(List.of(new Text.Literal("http://a/"), new Text.Input("number"))),
                random.nextBoolean() ? Map.of() : Map.of("X-A", Text.of("a" + any())),
                random.nextBoolean() ? new Text(List.of()) : Text.of("b" + any()),
                List.of(new Load.Range(200, 299)),
                random.nextBoolean() ? "" : any(),
                Map.of(),
                List.of(),
                true,
                false);
    }

    private Load.Request grpc() {
        return new Load.Request(
                label(),
                1,
                "GRPC",
                Text.of("127.0.0.1:" + random.nextInt(9)),
                random.nextBoolean() ? Map.of() : Map.of("X-A", Text.of("a" + any())),
                random.nextBoolean() ? new Text(List.of()) : Text.of("b" + any()),
                List.of(new Load.Range(200, 299)),
                random.nextBoolean() ? "" : any(),
                random.nextBoolean() ? Map.of() : Map.of("id", "a[*].b"),
                random.nextBoolean()
                        ? List.of(Text.of("shop.Stock/Reserve"))
                        : List.of(Text.of("shop.Stock/Reserve"), Text.of("f" + any()), Text.of("g")),
                false,
                false);
    }

    private Load.Request asked() {
        if (random.nextBoolean()) {
            return http2();
        }
        if (random.nextInt(3) == 0) {
            return grpc();
        }
        String[] methods = {"REDIS", "LINE", "EVENTS", "MESSAGE", "SQL"};
        String method = methods[random.nextInt(methods.length)];
        boolean events = method.equals("EVENTS");
        List<Text> words = method.equals("REDIS")
                ? List.of(Text.of("GET"), new Text(List.of(new Text.Literal("k"), new Text.Input("number"))))
                : List.of(Text.of("w" + any()));
        return new Load.Request(
                label(),
                1 + random.nextInt(5),
                method,
                Text.of("u" + any()),
                events && random.nextBoolean() ? Map.of("X-A", Text.of("a" + any())) : Map.of(),
                new Text(List.of()),
                List.of(new Load.Range(200, 299)),
                random.nextBoolean() ? "" : any(),
                random.nextBoolean() ? Map.of() : Map.of("id", random.nextBoolean() ? "" : "a[*].b"),
                events && random.nextBoolean() ? List.of() : words,
                false,
                false);
    }

    private Workload workload() {
        List<WorkloadModel> models = List.of(WorkloadModel.values());
        WorkloadModel model = models.get(random.nextInt(models.size()));
        Map<String, Workload.Operation> operations = new LinkedHashMap<>();
        model.functions().forEach(name -> operations.put(name, operation(name)));
        return new Workload(
                model,
                List.of(Text.of("a" + any())),
                1 + random.nextInt(9),
                time(),
                random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of((1 + random.nextInt(999)) / 4.0),
                1 + random.nextInt(9),
                time(),
                time(),
                operations);
    }

    private Workload.Operation operation(String name) {
        boolean writes =
                List.of("write", "cas", "put", "append", "add", "enqueue").contains(name);
        List<Text.Part> inputs = new ArrayList<>(List.of(new Text.Literal("/"), new Text.Input("key")));
        if (writes) {
            inputs.add(new Text.Input("value"));
        }
        if (name.equals("cas")) {
            inputs.add(new Text.Input("expected"));
        }
        Text asked = new Text(inputs);
        Workload.Action action = switch (random.nextInt(4)) {
            case 0 ->
                new Workload.Http(
                        random.nextBoolean() ? "GET" : "POST",
                        asked,
                        random.nextBoolean() ? Map.of() : Map.of("X-A", Text.of("a" + any())),
                        random.nextBoolean() ? new Text(List.of()) : Text.of("b" + any()));
            case 1 -> new Workload.Redis(List.of(asked, Text.of("a" + any())));
            case 2 -> new Workload.Sql(asked);
            default -> new Workload.Command(List.of(asked, Text.of("a" + any())));
        };
        return new Workload.Operation(
                action,
                1 + random.nextInt(5),
                some(2, () -> "2xx"),
                some(2, () -> "4" + any()),
                some(2, () -> "nil"),
                random.nextBoolean() ? "" : "a[*].b");
    }
}
