package dev.verdict.cli;

import dev.verdict.environment.EnvironmentException;
import dev.verdict.http.HttpFailure;
import dev.verdict.integrity.IntegrityException;
import dev.verdict.journal.JournalException;
import dev.verdict.plan.PlanException;
import dev.verdict.run.RunException;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// Starts Verdict from a command line.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            // As picocli would answer, which takes several times as long to load as Java to start.
            System.out.println(Version.line());
            return;
        }
        List<String> words = List.of(args);
        boolean quick = QuickHash.fits(words) && !isWatched();
        int code = quick ? quickHash(words) : execute(words);
        // An exit brings along the logger of exits, which takes a script longer than a small file.
        if (!quick || code != Exit.PASS) {
            Ending.exit(code);
        }
    }

    private static boolean isWatched() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static int quickHash(List<String> args) {
        try {
            QuickHash.answer(args, System.out);
            return Exit.PASS;
        } catch (IOException | RuntimeException | InterruptedException e) {
            return failed(e, new PrintWriter(System.err, true, System.err.charset()));
        }
    }

    static int execute(List<String> args) {
        return commandLine(args).execute(args.toArray(String[]::new));
    }

    static CommandLine commandLine(List<String> args) {
        return VerdictCommand.commandLine(args)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Long.class, WrongWords::wholeNumber)
                .registerConverter(int.class, WrongWords::count)
                .setParameterExceptionHandler(new WrongWords())
                .setExecutionExceptionHandler((exception, command, _) -> failed(exception, command.getErr()));
    }

    /// The user's mistakes and the machine's get their message; anything else is a bug and keeps
    /// its stack trace.
    private static int failed(Exception exception, PrintWriter err) {
        return switch (exception) {
            case PlanException plan -> {
                plan.problems().forEach(err::println);
                err.println(mistakes(plan.problems().size()) + "; nothing was started");
                yield Exit.USAGE;
            }
            case UsageException usage -> told(err, usage, Exit.USAGE);
            case RunException run -> told(err, run, Exit.USAGE);
            case JournalException journal -> told(err, journal, Exit.INCONCLUSIVE);
            case EnvironmentException environment -> told(err, environment, Exit.ENVIRONMENT);
            case IntegrityException integrity -> told(err, integrity, Exit.USAGE);
            case HttpFailure http -> told(err, http, Exit.ENVIRONMENT);
            case FileSystemException file -> told(err, "cannot use " + reason(file), Exit.INCONCLUSIVE);
            case UncheckedIOException io
            when io.getCause() instanceof FileSystemException file ->
                told(err, "cannot use " + reason(file), Exit.INCONCLUSIVE);
            default -> {
                exception.printStackTrace(err);
                err.println("verdict: this is a bug of Verdict; please report it with the lines above");
                yield Exit.INCONCLUSIVE;
            }
        };
    }

    private static int told(PrintWriter err, Exception exception, int code) {
        return told(err, String.valueOf(exception.getMessage()), code);
    }

    private static int told(PrintWriter err, String message, int code) {
        err.println("verdict: " + message);
        return code;
    }

    private static String reason(FileSystemException exception) {
        return switch (exception) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case FileAlreadyExistsException there -> there.getFile() + ": it is no folder";
            default -> String.valueOf(exception.getMessage());
        };
    }

    private static String mistakes(int count) {
        return count == 1 ? "1 mistake" : count + " mistakes";
    }
}
