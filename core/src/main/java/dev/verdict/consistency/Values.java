package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/// Holds the values of a history, each once, and names each by a *cell*: an `int` that is equal for
/// equal values.
///
/// A whole number from 0 to 2³¹-1 is its own cell and takes no memory; every other value has a
/// negative cell. Not safe for use by several threads while values are added.
public final class Values {
    /// The cell of nil, the absence of a value.
    public static final int NIL = -1;

    /// The cell of false.
    public static final int FALSE = -2;

    /// The cell of true.
    public static final int TRUE = -3;

    private enum Shape {
        LIST,
        SET,
        MAP
    }

    /// Compares by content; the array is never changed once it is here.
    private static final class Group {
        private final Shape shape;
        private final int[] cells;

        Group(Shape shape, int[] cells) {
            this.shape = shape;
            this.cells = cells;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Group group && shape == group.shape && Arrays.equals(cells, group.cells);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(cells);
        }
    }

    private final List<Object> entries = new ArrayList<>(List.of(Value.NIL, false, true));
    private final Map<Object, Integer> cells = new HashMap<>();

    /// Returns the cell of a whole number.
    public int integer(long number) {
        return number >= 0 && number <= Integer.MAX_VALUE ? (int) number : cell(number);
    }

    /// Returns the cell of a text.
    public int text(String text) {
        return cell(text);
    }

    /// Returns the cell of true or false.
    public int bool(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// Returns the cell of a list of these items; keeps the array, which must not be changed.
    public int list(int... items) {
        return cell(new Group(Shape.LIST, items));
    }

    /// Returns the cell of a set as it was listed; keeps the array, which must not be changed.
    public int set(int... items) {
        return cell(new Group(Shape.SET, items));
    }

    /// Returns the cell of a map: name, value, name, value; keeps the array, which must not be
    /// changed.
    public int map(int... namesAndValues) {
        return cell(new Group(Shape.MAP, namesAndValues));
    }

    /// Returns the cell of a value.
    public int cell(Value value) {
        if (value instanceof Value.Nil) {
            return NIL; // mostly, and then a switch over types need not be prepared: that takes long
        }
        return switch (value) {
            case Value.Nil _ -> NIL;
            case Value.Bool bool -> bool(bool.value());
            case Value.Int number -> integer(number.value());
            case Value.Text text -> text(text.value());
            case Value.Many many -> list(cells(many.items()));
            case Value.Members members -> set(cells(members.items()));
            case Value.Fields fields ->
                map(fields.fields().stream()
                        .flatMapToInt(field -> IntStream.of(cell(field.name()), cell(field.value())))
                        .toArray());
        };
    }

    /// Returns the whole number in a cell; empty if something else is in it.
    public OptionalLong number(int cell) {
        return cell >= 0
                ? OptionalLong.of(cell)
                : entries.get(~cell) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /// Tells whether a cell holds a list or a set.
    public boolean isList(int cell) {
        return cell < 0 && entries.get(~cell) instanceof Group group && group.shape != Shape.MAP;
    }

    /// Tells whether a cell holds a map.
    public boolean isMap(int cell) {
        return cell < 0 && entries.get(~cell) instanceof Group group && group.shape == Shape.MAP;
    }

    /// Returns the cells of a list's or a set's items, or a map's names and values in turns; none
    /// for any other value. The array is the table's own: do not change it.
    public int[] items(int cell) {
        return cell < 0 && entries.get(~cell) instanceof Group group ? group.cells : new int[0];
    }

    /// Returns the value in a cell.
    public Value value(int cell) {
        if (cell >= 0) {
            return new Value.Int(cell);
        }
        // no switch over types: the first one takes longer than many a check
        Object entry = entries.get(~cell);
        if (entry instanceof Group group) {
            return value(group);
        }
        if (entry instanceof String text) {
            return new Value.Text(text);
        }
        if (entry instanceof Long number) {
            return new Value.Int(number);
        }
        return entry instanceof Boolean bool ? new Value.Bool(bool) : Value.NIL;
    }

    private Value value(Group group) {
        List<Value> items = new ArrayList<>(group.cells.length);
        for (int cell : group.cells) {
            items.add(value(cell));
        }
        return switch (group.shape) {
            case LIST -> new Value.Many(items);
            case SET -> new Value.Members(items);
            case MAP -> {
                List<Value.Field> fields = new ArrayList<>();
                for (int i = 0; i < items.size(); i += 2) {
                    fields.add(new Value.Field(items.get(i), items.get(i + 1)));
                }
                yield new Value.Fields(fields);
            }
        };
    }

    private int[] cells(List<Value> items) {
        return items.stream().mapToInt(this::cell).toArray();
    }

    private int cell(Object entry) {
        Integer known = cells.putIfAbsent(entry, ~entries.size());
        if (known != null) {
            return known;
        }
        entries.add(entry);
        return ~(entries.size() - 1);
    }
}
