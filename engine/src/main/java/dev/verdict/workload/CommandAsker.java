package dev.verdict.workload;

import dev.verdict.json.Json;
import dev.verdict.plan.Workload.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/// Runs programs, each of which does one operation.
final class CommandAsker implements Asker<Command> {
    private static final long MAX_OUTPUT = 64L << 20;

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
        Path output = null;
        try {
            output = Files.createTempFile("verdict-operation", ".out");
            return ask(command, inputs, output);
        } catch (IOException e) {
            throw new Unanswered("did not start: " + e.getMessage(), false, e);
        } finally {
            delete(output);
        }
    }

    private Reply ask(Command command, Function<String, String> inputs, Path output)
            throws IOException, Unanswered, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Script.with(command.words(), inputs))
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(marks);
        Process process = builder.start();
        try {
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Unanswered("timed out", true, new IOException("did not end"));
            }
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        int exit = process.exitValue();
        return new Reply(Integer.toString(exit), exit == 0, false, read(output));
    }

    private static JsonNode read(Path output) throws IOException, Unanswered {
        if (Files.size(output) > MAX_OUTPUT) {
            throw new Unanswered("too large", true, new IOException("more than " + MAX_OUTPUT + " bytes"));
        }
        String text = Files.readString(output, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? NullNode.getInstance() : Json.parse(text).orElseGet(() -> StringNode.valueOf(text));
    }

    private static void delete(@Nullable Path output) {
        try {
            if (output != null) {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("a file of the machine's own cannot be deleted: " + output, e);
        }
    }

    @Override
    public void close() {
        // Each program has ended.
    }
}
