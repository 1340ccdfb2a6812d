package dev.verdict.cli;

import dev.verdict.journal.Redactor;
import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/// Knows where output goes and whether it may be coloured or rewritten.
///
/// @param out what was asked for
/// @param err everything else
/// @param live whether a person watches: lines may be rewritten
/// @param redactor takes secrets out of lines
/// @param colour whether escape sequences for colour are wanted
record Terminal(PrintStream out, PrintStream err, boolean live, boolean colour, Redactor redactor) {
    /// Honours `NO_COLOR`, `CI` and `TERM=dumb`.
    static Terminal detect(PrintStream out, PrintStream err, Map<String, String> environment) {
        boolean tty =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour =
                tty && !dumb && environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean live = tty && !dumb && environment.getOrDefault("CI", "").isEmpty();
        return new Terminal(out, err, live, colour, Redactor.NONE);
    }

    /// Returns the same terminal with secrets taken out of what is printed by [#line].
    Terminal redacted(Redactor by) {
        return new Terminal(out, err, live, colour, by);
    }

    /// Prints a line about what was asked for.
    void line(String text) {
        out.println(redactor.redact(text));
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    private String paint(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
