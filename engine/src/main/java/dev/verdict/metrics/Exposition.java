package dev.verdict.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Is a page of the Prometheus text exposition format 0.0.4, or of OpenMetrics as far as that is
/// the same.
///
/// @param types of the families that say theirs, as `counter`
public record Exposition(List<Sample> samples, Map<String, String> types) {
    private static final Pattern TYPE = Pattern.compile("#\\s*TYPE\\s+(\\S+)\\s+(\\S+)\\s*");
    private static final Set<String> SUFFIXES = Set.of("_total", "_count", "_sum", "_bucket");
    private static final Set<String> GROWING = Set.of("counter", "histogram", "summary");

    public Exposition {
        samples = List.copyOf(samples);
        types = Map.copyOf(types);
    }

    /// Reads a page; what is neither a sample nor a type is passed over.
    public static Exposition parse(String page) {
        Map<String, String> types = page.lines()
                .filter(line -> line.startsWith("#"))
                .map(TYPE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.toMap(type -> type.group(1), type -> type.group(2), (first, _) -> first));
        return new Exposition(Sample.parse(page), types);
    }

    /// Tells whether a sample only grows: what says so, or says nothing and is called `…_total`.
    public boolean counts(String name) {
        String type = types.get(name);
        if (type != null) {
            return type.equals("counter");
        }
        return SUFFIXES.stream()
                .filter(name::endsWith)
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .filter(types::containsKey)
                .findFirst()
                .map(family -> GROWING.contains(types.get(family)))
                .orElse(name.endsWith("_total"));
    }
}
