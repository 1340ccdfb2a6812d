package dev.verdict.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a past run's report again.
@Command(name = "report", description = "Writes a run's report again from its journal, and prints where it is.")
final class ReportCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private PlanOptions plans = new PlanOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = "A run's id, its folder, or its journal (default: the latest).")
    private @Nullable String run;

    @Option(
            names = "--loads",
            paramLabel = "FOLDER",
            description = "Also write there what the run's loads measured each second, for other tools: of each load an"
                    + " HdrHistogram log (.hlog) and percentiles as CSV (.csv).")
    private @Nullable Path loads;

    @Override
    public Integer call() throws IOException {
        Judged judged = Judged.read(Runs.find(plans, run));
        PrintStream out = streams.terminal().out();
        out.println(judged.write());
        if (loads != null) {
            LoadFiles.write(judged.entries(), loads).forEach(out::println);
        }
        return Exit.PASS;
    }
}
