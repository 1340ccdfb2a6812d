package dev.verdict.consistency;

import java.io.IOException;
import java.io.InputStream;

/// Reads a Jepsen history. Events of anybody but numbered clients, as the nemesis, are passed over.
final class EdnHistory {
    private static final String TUPLE = "jepsen.independent.Tuple";

    private final History.Builder builder = new History.Builder();
    private final Values values = builder.values();
    private final Edn edn;
    private final boolean keyed;

    EdnHistory(InputStream in, boolean keyed) {
        this.edn = new Edn(in, values);
        this.keyed = keyed;
    }

    History read() throws IOException {
        int c = edn.peek();
        boolean enclosed = c == '[' || c == '(';
        if (enclosed) {
            edn.skip();
        }
        for (c = edn.peek(); c >= 0 && !(enclosed && (c == ']' || c == ')')); c = edn.peek()) {
            event();
        }
        if (enclosed && c < 0) {
            throw edn.wrong("the history ends before its list does");
        }
        if (enclosed) {
            edn.skip();
            if (edn.peek() >= 0) {
                throw edn.wrong("something stands behind the end of the history");
            }
        }
        return builder.build();
    }

    /// Reads one map field by field.
    private void event() throws IOException {
        while (edn.peek() == '#') {
            edn.skip();
            edn.value(0); // the tag of a record, as #jepsen.history.Op
        }
        if (edn.peek() != '{') {
            throw edn.wrong("an event is a map with :process, :type and :f");
        }
        edn.skip();
        var event = new Event(edn.line());
        boolean client = true;
        for (int c = edn.peek(); c != '}'; c = edn.peek()) {
            String name = text(edn.value(1));
            edn.takeTag();
            int value = edn.value(1);
            String tag = edn.takeTag();
            switch (name) {
                case "process" -> {
                    client = values.number(value).isPresent();
                    values.number(value).ifPresent(event::process);
                }
                case "type" -> event.type(text(value));
                case "f" -> event.function(text(value));
                case "key" -> event.key(value);
                case "value" -> value(event, value, keyed || tag.equals(TUPLE));
                case "time" -> event.nanos(values.number(value).orElse(0));
                default -> {} // :index, :error and what else a test may say
            }
        }
        edn.skip();
        if (client) {
            event.addTo(builder);
        }
    }

    private void value(Event event, int value, boolean tuple) {
        if (!tuple) {
            event.value(value);
            return;
        }
        int[] pair = values.items(value);
        if (pair.length == 2) {
            event.key(pair[0]);
            event.value(pair[1]);
        } else if (value != Values.NIL) {
            throw edn.wrong("this value is no pair of a key and a value: " + values.value(value));
        }
    }

    private String text(int cell) {
        return values.value(cell) instanceof Value.Text text
                ? text.value()
                : values.value(cell).toString();
    }
}
