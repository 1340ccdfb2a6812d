package dev.verdict.cli;

import dev.verdict.plan.PlanTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes a plan that runs.
@Command(name = "init", description = "Writes a commented plan that runs as it is, and a feature for it.")
final class InitCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Parameters(arity = "0..1", paramLabel = "FOLDER", defaultValue = ".", description = "Where to (default: here).")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        Map<String, String> files = PlanTemplate.files(target.getFileName().toString());
        List<Path> there = files.keySet().stream()
                .map(target::resolve)
                .filter(Files::exists)
                .toList();
        if (!there.isEmpty()) {
            throw new UsageException("nothing was written, because this is there already: " + there.getFirst());
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.getValue());
            streams.terminal().out().println("wrote " + path);
        }
        streams.terminal().out().println("next: verdict run " + folder);
        return 0;
    }
}
