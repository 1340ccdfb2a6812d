package dev.verdict.cli;

import java.util.List;
import picocli.CommandLine;

/// Starts Verdict from a command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(List.of(args)));
    }

    static int execute(List<String> args) {
        return new CommandLine(new VerdictCommand()).execute(args.toArray(String[]::new));
    }
}
