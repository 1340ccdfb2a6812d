package dev.verdict.scenario.steps;

import dev.verdict.program.Program;
import dev.verdict.program.Program.Outcome;
import dev.verdict.scenario.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.IntNode;

/// Runs a scenario's commands in the plan's folder and keeps what the last one answered.
final class Commands {
    private final World world;
    private final Observer observer;
    private final Map<String, String> environment = new TreeMap<>();
    private byte[] input = {};
    private Duration timeout = Duration.ofSeconds(60);
    private @Nullable Result last;

    Commands(World world, Observer observer) {
        this.world = world;
        this.observer = observer;
    }

    /// Is a command, as the scenario wrote it and as it is run.
    ///
    /// @param shown without the values of its variables, which may be secrets
    record Command(String shown, List<String> arguments) {
        Command {
            arguments = List.copyOf(arguments);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read and passed on, never compared
    private record Result(Command command, int exitCode, byte[] output, byte[] errors) {}

    void environment(String name, String value) {
        environment.put(name, value);
    }

    void input(String text) {
        input = text.getBytes(StandardCharsets.UTF_8);
    }

    void timeout(Duration limit) {
        timeout = limit;
    }

    void run(Command command) throws NoAnswer, InterruptedException {
        last = null;
        observer.fresh();
        last = execute(command, timeout);
    }

    Source exitCode() {
        return last("exit code", result -> Content.of(IntNode.valueOf(result.exitCode())));
    }

    Source output() {
        return last("output", result -> new Content.Raw(result.output()));
    }

    Source errors() {
        return last("error output", result -> new Content.Raw(result.errors()));
    }

    private Source last(String part, Function<Result, Content> content) {
        Command command = result().command();
        return new Source() {
            @Override
            public String label() {
                return part + " of " + command.shown();
            }

            @Override
            public List<Content> look() {
                return List.of(content.apply(result()));
            }

            @Override
            public void refresh(Duration atMost) throws NoAnswer, InterruptedException {
                last = execute(command, atMost.compareTo(timeout) < 0 ? atMost : timeout);
            }
        };
    }

    private Result result() {
        if (last == null) {
            throw new IllegalStateException("no command was run before this step");
        }
        return last;
    }

    private Result execute(Command command, Duration limit) throws NoAnswer, InterruptedException {
        Map<String, String> variables = new HashMap<>(endpoints());
        variables.putAll(environment);
        // Last: a scenario cannot take a command out of the audit by setting a variable.
        variables.putAll(world.system().environment().marks());
        long start = System.nanoTime();
        try {
            Program program = new Program(command.arguments(), world.system().directory(), variables);
            return switch (program.run(input, limit, Content.MAX_BYTES)) {
                case Outcome.Ended(int exitCode, byte[] output, byte[] errors) -> {
                    Result result = new Result(command, exitCode, output, errors);
                    observe(result, Duration.ofNanos(System.nanoTime() - start));
                    yield result;
                }
                case Outcome.TimedOut() ->
                    throw new NoAnswer(command.shown() + ": did not end within " + Durations.show(limit));
                case Outcome.TooMuch() ->
                    throw new NoAnswer("a command wrote more than " + Content.MAX_BYTES + " bytes");
            };
        } catch (IOException e) {
            throw new NoAnswer(command.shown() + ": " + e.getMessage(), e);
        }
    }

    private void observe(Result result, Duration took) {
        String shown = result.command().shown();
        observer.seen(
                "command",
                shown,
                shown + " → exit code " + result.exitCode() + " after " + Durations.show(took),
                result.output());
        if (result.errors().length > 0) {
            observer.seen("command", shown, "error output of " + shown, result.errors());
        }
    }

    /// Tells a command where the services are, by this scenario's own addresses.
    private Map<String, String> endpoints() {
        Map<String, String> variables = new TreeMap<>();
        world.system()
                .services()
                .forEach((service, ports) -> ports.forEach(port -> {
                    var endpoint = world.endpoint(service, port);
                    String name = "VERDICT_" + word(service) + "_" + word(port);
                    variables.put(name + "_URL", "http://" + endpoint);
                    variables.put(name + "_HOST", endpoint.host());
                    variables.put(name + "_PORT", Integer.toString(endpoint.port()));
                }));
        return variables;
    }

    private static String word(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
