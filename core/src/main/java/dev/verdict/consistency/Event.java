package dev.verdict.consistency;

import java.util.Optional;

/// Collects what one event of a history says, in whatever order it says it.
final class Event {
    private final long line;
    private Optional<Long> process = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Optional<String> function = Optional.empty();
    private int key = Values.NIL;
    private int value = Values.NIL;
    private long nanos;

    Event(long line) {
        this.line = line;
    }

    void process(long number) {
        process = Optional.of(number);
    }

    void type(String name) {
        type = Optional.of(name);
    }

    void function(String name) {
        function = Optional.of(name);
    }

    void key(int cell) {
        key = cell;
    }

    void value(int cell) {
        value = cell;
    }

    void nanos(long time) {
        nanos = time;
    }

    int value() {
        return value;
    }

    void addTo(History.Builder builder) {
        long by = process.orElseThrow(() -> missing("process"));
        String what = function.orElseThrow(() -> missing("f"));
        switch (type.orElseThrow(() -> missing("type"))) {
            case "invoke" -> builder.call(line, by, what, key, value, nanos);
            case "ok" -> builder.complete(line, by, Completion.OK, what, value, nanos);
            case "fail" -> builder.complete(line, by, Completion.FAIL, what, value, nanos);
            case "info" -> builder.complete(line, by, Completion.INFO, what, value, nanos);
            default ->
                throw new HistoryException(
                        line, "'%s' is no type; it is invoke, ok, fail or info".formatted(type.orElseThrow()));
        }
    }

    private HistoryException missing(String name) {
        return new HistoryException(line, "the event has no " + name);
    }
}
