package dev.verdict.plan;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Shows a resolved plan to people: as YAML, each value with where it came from.
public final class EffectivePlan {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_.][A-Za-z0-9@/_.+-]*(?: [A-Za-z0-9@/_.+-]+)*");
    private static final Set<String> WORDS =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~", ".inf", ".nan");
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final int COMMENT_COLUMN = 48;

    private final ResolvedPlan plan;
    private final String file;
    private final StringBuilder text = new StringBuilder();

    private EffectivePlan(ResolvedPlan plan) {
        this.plan = plan;
        this.file = String.valueOf(plan.file().getFileName());
    }

    /// Returns the plan in the syntax of a plan file. A comment behind each value says who gave it:
    /// `# verdict.yaml:12`, `# default`, `# generated`, or the line with `--var`, `--seed`,
    /// `matrix` or `environment`. Secrets are shown as `${NAME}` alone.
    public static String print(ResolvedPlan plan) {
        EffectivePlan printing = new EffectivePlan(plan);
        printing.mapping(Canonical.json(plan.plan()), "", 0);
        return printing.text.toString();
    }

    private void mapping(JsonNode node, String path, int indent) {
        node.properties().forEach(entry -> {
            String child = Paths.child(path, entry.getKey());
            value(" ".repeat(indent) + key(entry.getKey()) + ":", entry.getValue(), child, indent + 2);
        });
    }

    private void value(String start, JsonNode node, String path, int indent) {
        if (isInline(node, path)) {
            String inline = node.isArray()
                    ? node.valueStream().map(this::scalar).collect(Collectors.joining(", ", "[", "]"))
                    : node.isObject() ? "{}" : scalar(node);
            line(start + " " + inline, path);
        } else if (node.isObject()) {
            text.append(start).append('\n');
            mapping(node, path, indent);
        } else {
            text.append(start).append('\n');
            int index = 0;
            for (JsonNode item : node) {
                item(item, Paths.item(path, index++), indent);
            }
        }
    }

    private void item(JsonNode item, String path, int indent) {
        if (!item.isObject()) {
            value(" ".repeat(indent) + "-", item, path, indent + 2);
            return;
        }
        int start = text.length();
        mapping(item, path, indent + 2);
        text.setCharAt(start + indent, '-');
    }

    /// Says whether a value fits one line with one comment: lists do if all items came alike.
    private boolean isInline(JsonNode node, String path) {
        if (!node.isContainer() || node.isEmpty()) {
            return true;
        }
        if (!node.isArray() || node.valueStream().anyMatch(JsonNode::isContainer)) {
            return false;
        }
        Set<String> comments = new TreeSet<>();
        int width = 0;
        for (int index = 0; index < node.size(); index++) {
            comments.add(comment(Paths.item(path, index)));
            width += node.get(index).asString().length() + 2;
        }
        return comments.size() == 1 && width < 80;
    }

    private void line(String content, String path) {
        String place = path + (plan.sources().containsKey(path + "[0]") ? "[0]" : "");
        text.append(content)
                .append(" ".repeat(Math.max(1, COMMENT_COLUMN - content.length())))
                .append("# ")
                .append(comment(place))
                .append('\n');
    }

    private String comment(String path) {
        ResolvedPlan.Source source = plan.sources().get(path);
        if (source == null) {
            return "default";
        }
        String place = file + ":" + source.position().line();
        return Arrays.stream(source.origin().split(", "))
                .map(origin -> origin.equals("plan") ? place : origin)
                .collect(Collectors.joining(", "));
    }

    private static String key(String name) {
        return KEY.matcher(name).matches() && !WORDS.contains(name) ? name : quoted(name);
    }

    private String scalar(JsonNode node) {
        if (!node.isString()) {
            return node.toString();
        }
        String string = node.stringValue();
        boolean plain = PLAIN.matcher(string).matches() && !WORDS.contains(string.toLowerCase(java.util.Locale.ROOT));
        return plain || isAmount(string) ? string : quoted(string);
    }

    private static boolean isAmount(String text) {
        return text.matches(Amounts.DURATION_PATTERN) || text.matches(Amounts.SIZE_PATTERN);
    }

    private static String quoted(String text) {
        return Canonical.quoted(text);
    }
}
