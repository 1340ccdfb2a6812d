package dev.verdict.cli;

import dev.verdict.plan.FaultWords;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.run.Control;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Disturbs a system that is up, by hand.
@Command(
        name = "fault",
        description =
                "Disturbs the system that `verdict up` brought up: verdict fault delay orders→stock 200ms --for 1min",
        footerHeading = "%nThe keys are those of a plan's faults (docs/fault-schedules.md):%n",
        footer = {
            "  verdict fault kill stock                      ended until it is undone",
            "  verdict fault pause stock --for 10s",
            "  verdict fault delay orders→stock 200ms jitter=50ms",
            "  verdict fault httpStatus stock 503 probability=0.5 --for 1min",
            "  verdict fault list",
            "  verdict fault undo --all"
        },
        subcommands = {FaultListCommand.class, FaultUndoCommand.class})
final class FaultCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Mixin
    private LivingRun run = new LivingRun();

    @Parameters(
            index = "0",
            arity = "0..1", // a subcommand stands there as well
            paramLabel = "KIND",
            completionCandidates = KindNames.class,
            description = "What is done: ${COMPLETION-CANDIDATES}.")
    private String kind = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "TARGET",
            description =
                    "A service, as stock; for links orders→stock or orders->stock, or a service for all to it; for a"
                            + " partition also services, as stock,orders.")
    private String target = "";

    @Parameters(index = "2..*", paramLabel = "VALUE", description = "The kind's main value, and others as KEY=VALUE.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long it acts, as 10s or 1min (default: until it is undone, or the system goes down).")
    private @Nullable String lasting;

    @Override
    public Integer call() {
        if (kind.isEmpty() || target.isEmpty()) {
            throw new UsageException(
                    "say what is done, and to whom, as `verdict fault pause stock`; see verdict fault --help");
        }
        ScheduledFault fault = read();
        Terminal terminal = streams.terminal();
        for (Control.Acting acting : run.ask(new Control.Question("inject", fault.source()))) {
            terminal.line("fault %s: %s %s".formatted(acting.id(), acting.target(), acting.summary()));
            String until = lasting == null ? "" : ", or after " + lasting;
            terminal.line(terminal.dim("  undone by `verdict fault undo %s`%s".formatted(acting.id(), until)));
        }
        return Exit.PASS;
    }

    private ScheduledFault read() {
        try {
            return FaultWords.read(kind, target, words, lasting == null ? "" : lasting);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /// Lists the kinds, for completion.
    static final class KindNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return FaultWords.kinds().iterator();
        }
    }
}
