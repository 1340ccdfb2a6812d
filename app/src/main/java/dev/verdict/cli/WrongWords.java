package dev.verdict.cli;

import dev.verdict.plan.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reports a command line that cannot be read: the word, the nearest right one, and where all are
/// listed.
final class WrongWords implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String message = exception instanceof UnmatchedArgumentException unmatched
                ? unknown(command, unmatched.getUnmatched())
                : String.valueOf(exception.getMessage()).replace("option option", "option");
        command.getErr()
                .println("verdict: %s; see %s --help"
                        .formatted(message, command.getCommandSpec().qualifiedName()));
        return Exit.USAGE;
    }

    /// Reads a number of the command line.
    static Long wholeNumber(String word) {
        try {
            return Long.valueOf(word);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + word + "' is not a whole number");
        }
    }

    /// Reads a number of the command line that counts something.
    static Integer count(String word) {
        long number = wholeNumber(word);
        if (number > Integer.MAX_VALUE) {
            throw new TypeConversionException("'" + word + "' is too large");
        }
        return (int) number;
    }

    private static String unknown(CommandLine command, List<String> words) {
        String word = words.getFirst();
        Collection<String> known = command.getSubcommands().keySet();
        String kind = known.isEmpty() ? "there is nothing that '%s' could be" : "there is no command '%s'";
        if (word.startsWith("-")) {
            known = new TreeSet<>(command.getCommandSpec().optionsMap().keySet());
            kind = "there is no option '%s'";
        }
        String name = word.replaceFirst("=.*", "");
        return kind.formatted(name)
                + Nearest.to(name, known)
                        .map(nearest -> "; did you mean '" + nearest + "'?")
                        .orElse("");
    }
}
