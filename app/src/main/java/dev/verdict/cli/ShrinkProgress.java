package dev.verdict.cli;

import dev.verdict.journal.RunFolder;
import dev.verdict.plan.ScheduledFault;
import dev.verdict.plan.Suite;
import dev.verdict.run.Retrial;
import dev.verdict.run.Shrinking;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Prints a line for each run of a search, and ends the search when its time is up.
final class ShrinkProgress implements Retrial.Watch {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})(s|m|min|h)");

    private final Terminal terminal;
    private final long end;
    private final Duration within;
    private long started;
    private int runs;

    ShrinkProgress(Terminal terminal, Duration within) {
        this.terminal = terminal;
        this.within = within;
        this.end = System.nanoTime() + within.toNanos();
    }

    /// Reads a time of the command line.
    static Duration time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new UsageException("--within takes a time as 90s, 10min or 2h, not '%s'".formatted(text));
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }

    static String faults(int count) {
        return count == 1 ? "1 fault" : count + " faults";
    }

    static String yaml(RunFolder folder, Suite suite, Shrinking.Result result) {
        String found = result.stopped().isPresent() ? "the smallest found so far" : "the smallest found";
        String head = "# Suite \"%s\" of run %s: %s after %d runs.%n"
                .formatted(suite.name(), folder.id(), found, result.trials());
        if (result.schedule().isEmpty()) {
            return head + "# It fails without any fault.%nfaults: []%n".formatted();
        }
        return result.schedule().stream()
                .map(ScheduledFault::yaml)
                .collect(Collectors.joining("\n  - ", head + "faults:\n  - ", "\n"));
    }

    @Override
    public void starting(List<ScheduledFault> schedule) throws Shrinking.Stopped {
        if (System.nanoTime() - end > 0) {
            throw new Shrinking.Stopped("%s are over".formatted(Progress.seconds(within)));
        }
        started = System.nanoTime();
        runs++;
    }

    @Override
    public void ended(List<ScheduledFault> schedule, boolean fails) {
        String word = fails ? terminal.red("fails") : terminal.dim("passes");
        terminal.line("  run %d: %s, %s %s"
                .formatted(
                        runs,
                        faults(schedule.size()),
                        Progress.seconds(Duration.ofNanos(System.nanoTime() - started)),
                        word));
    }
}
