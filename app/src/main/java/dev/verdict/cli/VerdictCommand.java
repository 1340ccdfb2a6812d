package dev.verdict.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Is `verdict` itself: it only knows its subcommands.
@Command(
        name = "verdict",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionOption.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Integration testing for systems made of many services: a green you can trust.")
final class VerdictCommand implements Callable<Integer> {
    /// In the order of the help.
    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            ValidateCommand.class,
            RunCommand.class,
            UpCommand.class,
            DownCommand.class,
            FaultCommand.class,
            LogsCommand.class,
            ListCommand.class,
            StepsCommand.class,
            CheckCommand.class,
            LoadCommand.class,
            HashCommand.class,
            GenerateCommand.class,
            JudgeCommand.class,
            ReportCommand.class,
            ShrinkCommand.class,
            RecoverCommand.class,
            SchemaCommand.class,
            CompletionCommand.class);

    @Spec
    private @Nullable CommandSpec spec;

    /// Makes the command line that understands these words. Looking at what every command takes is
    /// most of the time that a short one needs: if one is named first, only that one is looked at.
    static CommandLine commandLine(List<String> words) {
        CommandLine verdict = new CommandLine(new VerdictCommand());
        String first = words.isEmpty() ? "" : words.getFirst();
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> command.getSimpleName().equalsIgnoreCase(first + "Command"))
                .toList();
        (named.isEmpty() ? COMMANDS : named).forEach(command -> verdict.addSubcommand(command));
        return verdict;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return Exit.USAGE;
    }
}
