package dev.verdict.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Is one sample of the Prometheus text exposition format 0.0.4.
public record Sample(String name, Map<String, String> labels, double value) {
    private static final String LABEL = "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*,?";
    private static final Pattern LABELS = Pattern.compile(LABEL);
    private static final Pattern SERIES =
            Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{((?:" + LABEL + ")*)\\s*\\})?");
    private static final Pattern LINE = Pattern.compile(SERIES + "\\s+(\\S+)(?:\\s+-?\\d+)?\\s*");

    public Sample {
        labels = new TreeMap<>(labels);
    }

    /// Reads a name with the labels that are asked for.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Sample selector(String text) {
        Matcher series = SERIES.matcher(text);
        if (!series.matches()) {
            throw new IllegalArgumentException("a metric is NAME or NAME{label=\"value\"}, not " + text);
        }
        return new Sample(series.group(1), labels(series.group(2)), 0);
    }

    /// Reads the samples of a page; comments and what is no sample are passed over.
    public static List<Sample> parse(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Sample(line.group(1), labels(line.group(2)), number(line.group(5))))
                .toList();
    }

    /// Says whether another has this name and at least these labels.
    public boolean selects(Sample other) {
        return name.equals(other.name) && other.labels.entrySet().containsAll(labels.entrySet());
    }

    private static Map<String, String> labels(@Nullable String text) {
        return text == null
                ? Map.of()
                : LABELS.matcher(text)
                        .results()
                        .collect(Collectors.toMap(label -> label.group(1), label -> unescaped(label.group(2))));
    }

    private static String unescaped(String value) {
        return value.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                try {
                    yield Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    yield Double.NaN;
                }
            }
        };
    }

    @Override
    public String toString() {
        return labels.isEmpty()
                ? name
                : name
                        + labels.entrySet().stream()
                                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                                .collect(Collectors.joining(",", "{", "}"));
    }
}
