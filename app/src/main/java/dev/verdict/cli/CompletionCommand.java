package dev.verdict.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// Prints the completion script for bash and zsh.
@Command(name = "completion", description = "Prints a completion script for bash and zsh: source <(verdict completion)")
final class CompletionCommand implements Callable<Integer> {
    private final Streams streams = new Streams();

    @Override
    public Integer call() {
        streams.terminal().out().print(AutoComplete.bash("verdict", Main.commandLine(List.of())));
        return 0;
    }
}
