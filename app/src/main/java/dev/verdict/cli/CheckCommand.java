package dev.verdict.cli;

import dev.verdict.consistency.Answer;
import dev.verdict.consistency.Budget;
import dev.verdict.consistency.Checker;
import dev.verdict.consistency.History;
import dev.verdict.consistency.HistoryException;
import dev.verdict.consistency.HistoryFormat;
import dev.verdict.consistency.HistoryPicture;
import dev.verdict.consistency.Models;
import dev.verdict.plan.Nearest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a history of client operations against a consistency model.
@Command(
        name = "check",
        description = "Checks a history of client operations (Verdict's NDJSON, Jepsen's EDN or its log) against a"
                + " consistency model. Exits 0 if it is valid, 1 if not, 4 if that is unknown, 2 if it is malformed, 130 if it was interrupted"
                + " before it knew.")
final class CheckCommand implements Callable<Integer> {
    /// Lists the models for completion and help.
    static final class ModelNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Models.names().iterator();
        }
    }

    private static final Duration EVER = Duration.ofDays(3650);

    /// How much of the heap a search may fill; the rest is for the history and for others.
    private static final double SEARCH_SHARE = 0.6;

    private static final String INTERRUPTED = "interrupted";

    private final Streams streams = new Streams();

    @Parameters(paramLabel = "HISTORY", description = "The history's file; - for the standard input.")
    private String file = "-";

    @Option(
            names = {"-m", "--model"},
            required = true,
            paramLabel = "MODEL",
            completionCandidates = ModelNames.class,
            description = "What the system should be: ${COMPLETION-CANDIDATES}.")
    private String model = "";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "TIME",
            description = "Answer \"unknown\" after this long, as 60s (default: search to the end).")
    private @Nullable String limit;

    @Option(names = "--heap", paramLabel = "SIZE", description = "Use no more memory than this, as 1GiB.")
    private @Nullable String heap;

    @Option(
            names = "--format",
            description = "How the history is written, if that cannot be seen: ${COMPLETION-CANDIDATES}.")
    private @Nullable HistoryFormat format;

    @Option(
            names = "--keyed",
            description = "Take each value of an EDN history for a pair of a key and a value, as jepsen.independent"
                    + " writes them.")
    private boolean keyed;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw what shows that the history is invalid.")
    private @Nullable Path svg;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checker checker = checker();
        Duration most = limit == null ? EVER : Quantity.duration(limit);
        if (heap != null) {
            Optional<Integer> answered = HeapLimit.relaunch(Quantity.bytes(heap));
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        long start = System.nanoTime();
        Terminal terminal = streams.terminal();
        try {
            History history = read();
            Budget budget = Budget.of(most, (long) (Runtime.getRuntime().maxMemory() * SEARCH_SHARE));
            // Only now: whoever ends this while it reads gets no answer, and need not wait for one.
            try (var interrupt = new Interrupt(() -> budget.stop(INTERRUPTED))) {
                Answer answer = check(checker, history, budget, terminal);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                CheckAnswer shown = new CheckAnswer(model, history, answer, took);
                if (json) {
                    terminal.out().println(shown.json());
                } else {
                    shown.print(terminal);
                }
                draw(history, answer, terminal);
                terminal.out().flush();
                boolean cutShort = answer instanceof Answer.Unknown && wasInterrupted(budget);
                int code = cutShort ? Exit.INTERRUPTED : shown.exitCode();
                interrupt.exitCode(code);
                return code;
            }
        } catch (HistoryException e) {
            throw new UsageException((file.equals("-") ? "the history" : file) + ": " + e.getMessage());
        }
    }

    private Checker checker() {
        return Models.checker(model)
                .orElseThrow(() -> new UsageException("there is no model '%s'%s; the models are %s"
                        .formatted(
                                model,
                                Nearest.to(model, Models.names())
                                        .map(name -> " (did you mean " + name + "?)")
                                        .orElse(""),
                                String.join(", ", Models.names()))));
    }

    private History read() throws IOException {
        try (InputStream in = file.equals("-") ? Streams.input() : Files.newInputStream(Path.of(file));
                BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16)) {
            HistoryFormat found = format == null ? HistoryFormat.of(buffered) : format;
            return found.read(buffered, keyed);
        }
    }

    /// Checks while a line shows how far it is.
    private static Answer check(Checker checker, History history, Budget budget, Terminal terminal) {
        long start = System.nanoTime();
        try (var _ = new LiveLine(
                terminal,
                () -> "checking %d operations: %d %%, %d s"
                        .formatted(
                                history.size(),
                                Math.round(100 * budget.progress()),
                                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)))) {
            return answer(checker, history, budget);
        }
    }

    private static boolean wasInterrupted(Budget budget) {
        return budget.spent().filter(INTERRUPTED::equals).isPresent();
    }

    private static Answer answer(Checker checker, History history, Budget budget) {
        try {
            return checker.check(history, budget);
        } catch (OutOfMemoryError e) {
            String reason =
                    "the heap of %d MiB is full".formatted(Runtime.getRuntime().maxMemory() >> 20);
            return new Answer.Unknown(reason, List.of());
        }
    }

    private void draw(History history, Answer answer, Terminal terminal) throws IOException {
        if (svg == null) {
            return;
        }
        if (answer instanceof Answer.Invalid invalid) {
            Files.writeString(
                    svg, HistoryPicture.svg(history, invalid.anomalies().getFirst()));
        } else {
            terminal.err().println("nothing was drawn: no anomaly was found");
        }
    }
}
