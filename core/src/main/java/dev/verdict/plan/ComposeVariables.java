package dev.verdict.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Knows the variables of a Compose file and fills them in as Compose does.
record ComposeVariables(Map<String, String> values) {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_.-]*)\\s*[=:]\\s?(.*)");
    private static final Pattern QUOTED = Pattern.compile("\\s*(?:'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\")\\s*(?:#.*)?");

    ComposeVariables {
        values = Map.copyOf(values);
    }

    /// Returns the variables of files in the form of `.env`, a later one before an earlier.
    static Map<String, String> read(List<Path> files, List<Problem> problems) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Path file : files) {
            try {
                Files.readAllLines(file).forEach(line -> read(line, values));
            } catch (IOException e) {
                problems.add(new Problem(
                        new Position(file.toString(), 1, 1), "the variables cannot be read: " + e.getMessage()));
            }
        }
        return values;
    }

    private static void read(String line, Map<String, String> values) {
        Matcher matcher = LINE.matcher(line);
        if (line.strip().startsWith("#") || !matcher.matches()) {
            return;
        }
        String written = matcher.group(2);
        Matcher quoted = QUOTED.matcher(written);
        if (!quoted.matches()) {
            int comment = written.indexOf(" #");
            values.put(matcher.group(1), (comment < 0 ? written : written.substring(0, comment)).strip());
        } else if (quoted.group(1) != null) {
            values.put(matcher.group(1), quoted.group(1));
        } else {
            values.put(
                    matcher.group(1),
                    quoted.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"));
        }
    }

    /// Returns a scalar with its variables filled in; a variable without a value is a mistake,
    /// where Compose would put nothing in its place.
    String fill(Node.Scalar scalar, List<Problem> problems) {
        StringBuilder filled = new StringBuilder();
        try {
            append(Template.parse(scalar.text()), scalar.position(), filled, problems);
        } catch (Refusal refusal) {
            problems.add(new Problem(scalar.position(), refusal.why()));
        }
        return filled.toString();
    }

    private void append(Template template, Position at, StringBuilder filled, List<Problem> problems) {
        for (Template.Piece piece : template.pieces()) {
            switch (piece) {
                case Template.Literal(String text) -> filled.append(text);
                case Template.Dotted(String name) ->
                    problems.add(
                            new Problem(at, "'${" + Wording.shorten(name) + "}' is no variable of a Compose file"));
                case Template.Variable variable -> variable(variable, at, filled, problems);
            }
        }
    }

    private void variable(Template.Variable variable, Position at, StringBuilder filled, List<Problem> problems) {
        Optional<String> found = Optional.ofNullable(values.get(variable.name()));
        if (variable.choice().isEmpty()) {
            found.ifPresentOrElse(filled::append, () -> problems.add(unset(variable.name(), at)));
            return;
        }
        Template.Choice choice = variable.choice().get();
        Optional<String> set = found.filter(value -> !(choice.operator().startsWith(":") && value.isEmpty()));
        switch (choice.operator().charAt(choice.operator().length() - 1)) {
            case '-' -> set.ifPresentOrElse(filled::append, () -> append(choice.argument(), at, filled, problems));
            case '+' -> set.ifPresent(_ -> append(choice.argument(), at, filled, problems));
            default ->
                set.ifPresentOrElse(filled::append, () -> {
                    StringBuilder message = new StringBuilder();
                    append(choice.argument(), at, message, problems);
                    problems.add(new Problem(at, "variable '" + variable.name() + "' is not set: " + message));
                });
        }
    }

    private Problem unset(String name, Position at) {
        return new Problem(
                at,
                "variable '" + name + "' is not set, and Compose would put nothing in its place; set it in the"
                        + " environment, in .env or under the plan's 'env' of 'compose'"
                        + Nearest.hint(name, values.keySet()));
    }
}
