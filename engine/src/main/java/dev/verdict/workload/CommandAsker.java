package dev.verdict.workload;

import dev.verdict.json.Json;
import dev.verdict.plan.Workload.Command;
import dev.verdict.program.Program;
import dev.verdict.program.Program.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Runs programs, each of which does one operation.
final class CommandAsker implements Asker<Command> {
    private static final long MAX_OUTPUT = 64L << 20;
    private static final byte[] NO_INPUT = {};

    private final Path directory;
    private final Map<String, String> marks;
    private final Duration timeout;

    /// @param directory where it runs
    /// @param marks variables by which the audit knows it
    CommandAsker(Path directory, Map<String, String> marks, Duration timeout) {
        this.directory = directory;
        this.marks = Map.copyOf(marks);
        this.timeout = timeout;
    }

    @Override
    public Reply ask(Command command, Function<String, String> inputs) throws Unanswered, InterruptedException {
        Program program = new Program(Script.with(command.words(), inputs), directory, marks);
        try {
            return switch (program.run(NO_INPUT, timeout, MAX_OUTPUT)) {
                case Outcome.Ended ended -> reply(ended);
                case Outcome.TimedOut _ -> throw new Unanswered("timed out", true, new IOException("did not end"));
                case Outcome.TooMuch _ ->
                    throw new Unanswered("too large", true, new IOException("more than " + MAX_OUTPUT + " bytes"));
            };
        } catch (IOException e) {
            throw new Unanswered("did not start: " + e.getMessage(), false, e);
        }
    }

    private static Reply reply(Outcome.Ended ended) {
        String text = new String(ended.output(), StandardCharsets.UTF_8).strip();
        JsonNode value =
                text.isEmpty() ? NullNode.getInstance() : Json.parse(text).orElseGet(() -> StringNode.valueOf(text));
        return new Reply(Integer.toString(ended.exitCode()), ended.exitCode() == 0, false, value);
    }

    @Override
    public void close() {
        // Each program has ended.
    }
}
