package dev.verdict.plan;

import java.util.LinkedHashSet;
import java.util.Set;

/// Says who gave a value that was put together.
final class Origins {
    private Origins() {}

    /// Returns the text's own origin, then those of what was filled in, each once.
    static String of(String own, Set<String> filled) {
        Set<String> all = new LinkedHashSet<>();
        all.add(own);
        filled.forEach(origin -> all.addAll(Set.of(origin.split(", "))));
        return String.join(", ", all);
    }
}
