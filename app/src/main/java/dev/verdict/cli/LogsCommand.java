package dev.verdict.cli;

import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what services wrote.
@Command(name = "logs", description = "Shows the services' output of a run, by time; follows it with -f.")
final class LogsCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Parameters(arity = "0..*", paramLabel = "SERVICE", description = "Which services (default: all).")
    private List<String> services = List.of();

    @Option(names = "--plan", paramLabel = "PLAN", description = "The plan file, or its folder.")
    private @Nullable Path plan;

    @Option(names = "--run", paramLabel = "RUN", description = "A run's id or folder (default: the latest).")
    private @Nullable String run;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run ends.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        RunFolder folder = Runs.find(PlanOptions.at(plan), run);
        List<String> known = logged(folder);
        for (String service : services) {
            if (!known.contains(service)) {
                throw new UsageException("run %s has no log of %s%s"
                        .formatted(
                                folder.id(),
                                service,
                                Nearest.to(service, known)
                                        .map(name -> "; did you mean " + name + "?")
                                        .orElse("")));
            }
        }
        LogView view = new LogView(folder, services.isEmpty() ? known : services, streams.terminal());
        view.printNew();
        if (follow) {
            view.follow();
        }
        return 0;
    }

    private static List<String> logged(RunFolder folder) throws IOException {
        Path logs = folder.root().resolve("logs");
        if (!Files.isDirectory(logs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(logs)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }
}
