package shop;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what a service did, and tells it in Prometheus' text format.
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, Map<String, LongAdder>> counters = new ConcurrentSkipListMap<>();

    void count(String name, String label, String value) {
        counters.computeIfAbsent(name, each -> new ConcurrentSkipListMap<>())
                .computeIfAbsent("%s=\"%s\"".formatted(label, value), each -> new LongAdder())
                .increment();
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
