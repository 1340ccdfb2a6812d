package dev.verdict.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Copies maps without losing their order, which `Map.copyOf` does.
final class Ordered {
    private Ordered() {}

    static <V> Map<String, V> copy(Map<String, V> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
