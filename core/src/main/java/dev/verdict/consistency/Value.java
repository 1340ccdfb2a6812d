package dev.verdict.consistency;

import java.util.List;
import java.util.StringJoiner;

/// Is a value that a client wrote or read, in a form to look at. Checkers work on the cells of
/// [Values] instead, where equal values are equal numbers.
public sealed interface Value {
    /// Is the absence of a value.
    Value NIL = new Nil();

    /// Is the absence of a value.
    record Nil() implements Value {
        @Override
        public String toString() {
            return "nil";
        }
    }

    /// Is true or false.
    record Bool(boolean value) implements Value {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /// Is a whole number.
    record Int(long value) implements Value {
        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /// Is text; also a number that is no whole one of 64 bits, as it was written.
    record Text(String value) implements Value {
        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /// Is a list, in order.
    record Many(List<Value> items) implements Value {
        public Many {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return joined(items, " ", "[", "]");
        }
    }

    /// Is a set; a value that was listed twice is there twice, since that is a finding.
    record Members(List<Value> items) implements Value {
        public Members {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return joined(items, " ", "#{", "}");
        }
    }

    /// Is a map, in the order of its text.
    record Fields(List<Field> fields) implements Value {
        public Fields {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return joined(fields, ", ", "{", "}");
        }
    }

    /// Is one entry of a map.
    record Field(Value name, Value value) {
        @Override
        public String toString() {
            return name + " " + value;
        }
    }

    private static String joined(List<?> parts, String between, String before, String after) {
        var text = new StringJoiner(between, before, after);
        for (Object part : parts) {
            text.add(part.toString());
        }
        return text.toString();
    }
}
