package dev.verdict.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        description = "Integration testing for systems made of many services: a green you can trust.",
        subcommands = {
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
            JudgeCommand.class,
            ReportCommand.class,
            ShrinkCommand.class,
            RecoverCommand.class,
            SchemaCommand.class,
            CompletionCommand.class
        })
final class VerdictCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return Exit.USAGE;
    }
}
