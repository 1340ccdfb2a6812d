package relay;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// Counts what a program did, and tells it in Prometheus' text format. Every counter is there from
/// the start as 0, so that nobody takes "never" for "unknown".
final class Metrics {
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Map<String, LongAdder> counters = new ConcurrentSkipListMap<>();
    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

    Metrics counters(String... names) {
        for (String name : names) {
            counters.put(name, new LongAdder());
        }
        return this;
    }

    Metrics gauge(String name, DoubleSupplier value) {
        gauges.put(name, value);
        return this;
    }

    void add(String name, long amount) {
        counter(name).add(amount);
    }

    long sum(String name) {
        return counter(name).sum();
    }

    private LongAdder counter(String name) {
        LongAdder counter = counters.get(name);
        if (counter == null) {
            throw new IllegalArgumentException("no counter is called " + name);
        }
        return counter;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        counters.forEach((name, counter) -> line(text, name, "counter", Long.toString(counter.sum())));
        gauges.forEach((name, value) -> line(text, name, "gauge", Double.toString(value.getAsDouble())));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String type, String value) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        text.append(name).append(' ').append(value).append('\n');
    }
}
