package dev.verdict.load.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Is a text with variables, as `/orders/${id}`.
///
/// @param pieces what stands before, between and behind the variables: one more than these
public record Template(List<String> pieces, List<String> variables) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)}");

    /// Reads a text.
    public static Template of(String text) {
        List<String> pieces = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            pieces.add(text.substring(end, matcher.start()));
            variables.add(matcher.group(1));
            end = matcher.end();
        }
        pieces.add(text.substring(end));
        return new Template(pieces, variables);
    }

    boolean constant() {
        return variables.isEmpty();
    }

    /// Returns the text with values.
    public String fill(Function<String, String> values) {
        if (constant()) {
            return pieces.getFirst();
        }
        StringBuilder text = new StringBuilder(pieces.getFirst());
        for (int i = 0; i < variables.size(); i++) {
            text.append(values.apply(variables.get(i))).append(pieces.get(i + 1));
        }
        return text.toString();
    }

    /// Returns the URL with values, in which what means something in a URL is escaped.
    public String fillEscaped(Function<String, String> values) {
        return fill(name ->
                URLEncoder.encode(values.apply(name), StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
