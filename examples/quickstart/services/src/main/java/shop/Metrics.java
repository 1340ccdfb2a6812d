package shop;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what a service did, and tells it in Prometheus' text format.
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Map<String, LongAdder>> counters = new ConcurrentSkipListMap<>();

    /// Shows a counter as 0 before it first counts, so that nobody takes "never" for "unknown".
    Metrics announce(String name, String label, String... values) {
        for (String value : values) {
            counter(name, label, value);
        }
        return this;
    }

    void count(String name, String label, String value) {
        counter(name, label, value).increment();
    }

    private LongAdder counter(String name, String label, String value) {
        return counters.computeIfAbsent(name, each -> new ConcurrentSkipListMap<>())
                .computeIfAbsent("%s=\"%s\"".formatted(label, value), each -> new LongAdder());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        counters.forEach((name, series) -> {
            text.append("# TYPE ").append(name).append(" counter\n");
            series.forEach((labels, count) -> text.append(name)
                    .append('{')
                    .append(labels)
                    .append("} ")
                    .append(count.sum())
                    .append('\n'));
        });
        return text.toString();
    }
}
