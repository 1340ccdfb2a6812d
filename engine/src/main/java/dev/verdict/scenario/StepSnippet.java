package dev.verdict.scenario;

import io.cucumber.core.gherkin.DataTableArgument;
import io.cucumber.core.gherkin.DocStringArgument;
import io.cucumber.core.gherkin.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;

/// Writes the Java method that an undefined step asks for. Cucumber's own generator offers up to
/// 256 variants of each step, which takes a millisecond, and much of the reader's time.
final class StepSnippet {
    private static final Pattern PARAMETER =
            Pattern.compile("\"[^\"]*\"|'[^']*'|(?<![\\p{L}\\d])-?\\d+(\\.\\d+)?(?![\\p{L}\\d])");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\({/]");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private StepSnippet() {}

    static String of(Step step) {
        List<String> parameters = new ArrayList<>();
        StringBuilder expression = new StringBuilder();
        StringBuilder words = new StringBuilder();
        String text = step.getText();
        int from = 0;
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String literal = text.substring(from, matcher.start());
            expression.append(escaped(literal)).append(placeholder(matcher, parameters));
            words.append(literal).append(' ');
            from = matcher.end();
        }
        String rest = text.substring(from);
        addArgument(step, parameters);
        return """
                @%s("%s")
                public void %s(%s) {
                    throw new io.cucumber.java.PendingException();
                }""".formatted(
                        annotation(step),
                        inJava(expression.append(escaped(rest)).toString()),
                        name(words.append(rest).toString()),
                        String.join(", ", parameters));
    }

    private static String placeholder(MatchResult match, List<String> parameters) {
        int n = parameters.size() + 1;
        boolean number = Character.isDigit(match.group().charAt(match.group().length() - 1));
        if (!number) {
            parameters.add("String string" + n);
            return "{string}";
        }
        boolean whole = match.group(1) == null;
        parameters.add(whole ? "int number" + n : "double number" + n);
        return whole ? "{int}" : "{double}";
    }

    private static void addArgument(Step step, List<String> parameters) {
        switch (step.getArgument()) {
            case DataTableArgument _ -> parameters.add("io.cucumber.datatable.DataTable table");
            case DocStringArgument _ -> parameters.add("String text");
            case null, default -> {}
        }
    }

    private static String annotation(Step step) {
        return switch (step.getType()) {
            case GIVEN -> "Given";
            case THEN -> "Then";
            case WHEN, AND, BUT, OTHER -> "When";
        };
    }

    /// Escapes what a Cucumber expression would take for more than text.
    private static String escaped(String literal) {
        return SPECIAL.matcher(literal).replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
    }

    private static String inJava(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String name(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : NO_WORD.split(words.strip())) {
            if (!word.isEmpty()) {
                int first = word.codePointAt(0);
                name.appendCodePoint(name.isEmpty() ? Character.toLowerCase(first) : Character.toUpperCase(first))
                        .append(word.substring(Character.charCount(first)));
            }
        }
        return SourceVersion.isName(name) ? name.toString() : "step" + name;
    }
}
