package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Is an object that one operation after the other acts on, as a single copy would behave.
public enum Datatype {
    /// Holds a value: `read`, `write`.
    REGISTER,
    /// Holds a value that can be compared and set: `read`, `write`, `cas` from one value to
    /// another.
    CAS_REGISTER,
    /// Is held by nobody or somebody: `acquire`, `release`.
    MUTEX,
    /// Holds values under keys: `get`, `put`, `append`, `cas`.
    KV;

    private enum Act {
        READ,
        WRITE,
        CAS,
        APPEND,
        ACQUIRE,
        RELEASE;

        List<String> names() {
            return switch (this) {
                case READ -> List.of("read", "get");
                case WRITE -> List.of("write", "put", "set");
                case CAS -> List.of("cas");
                case APPEND -> List.of("append");
                case ACQUIRE -> List.of("acquire", "lock");
                case RELEASE -> List.of("release", "unlock");
            };
        }
    }

    private static final int FREE = 0;
    private static final int HELD = 1;

    private List<Act> acts() {
        return switch (this) {
            case REGISTER -> List.of(Act.READ, Act.WRITE);
            case CAS_REGISTER -> List.of(Act.READ, Act.WRITE, Act.CAS);
            case MUTEX -> List.of(Act.ACQUIRE, Act.RELEASE);
            case KV -> List.of(Act.READ, Act.WRITE, Act.APPEND, Act.CAS);
        };
    }

    /// Returns the names of the functions that this type knows.
    private List<String> functions() {
        return acts().stream().flatMap(act -> act.names().stream()).toList();
    }

    /// Returns what was done to each key, in the order in which the keys came up.
    List<Moves> moves(History history, Value initial) {
        List<Act> actOf = new ArrayList<>();
        for (String function : history.functions()) {
            actOf.add(act(function));
        }
        var keys = new IntMap();
        int[] sizes = new int[8];
        int[] keyOf = new int[history.size()];
        for (int operation = 0; operation < history.size(); operation++) {
            keyOf[operation] = -1;
            if (counts(history, operation, actOf.get(history.function(operation)))) {
                int key = keys.number(history.key(operation));
                keyOf[operation] = key;
                if (key == sizes.length) {
                    sizes = Arrays.copyOf(sizes, 2 * key);
                }
                sizes[key]++;
            }
        }
        int start =
                this == MUTEX ? FREE : blank(history.values(), history.values().cell(initial));
        List<Moves> all = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            all.add(new Moves(sizes[key], start, history.values()));
        }
        for (int operation = 0; operation < history.size(); operation++) {
            if (keyOf[operation] >= 0) {
                add(all.get(keyOf[operation]), history, operation, actOf.get(history.function(operation)));
            }
        }
        return all;
    }

    private Act act(String name) {
        for (Act act : acts()) {
            if (act.names().contains(name)) {
                return act;
            }
        }
        throw new HistoryException("this model knows %s, and not the function %s of the history"
                .formatted(String.join(", ", functions()), name));
    }

    /// Leaves out what did not happen, and reads of which nobody knows what they saw.
    private static boolean counts(History history, int operation, Act act) {
        return switch (history.completion(operation)) {
            case OK -> true;
            case FAIL -> false;
            case INFO -> act != Act.READ;
        };
    }

    private void add(Moves moves, History history, int operation, Act act) {
        int argument = blank(history.values(), history.argument(operation));
        int call = history.called(operation);
        int end = history.returned(operation);
        switch (act) {
            case READ -> {
                int seen = blank(history.values(), history.result(operation));
                moves.add(operation, Moves.READ, seen, seen, call, end);
            }
            case WRITE -> moves.add(operation, Moves.WRITE, Values.NIL, argument, call, end);
            case APPEND -> moves.add(operation, Moves.APPEND, Values.NIL, history.argument(operation), call, end);
            case ACQUIRE -> moves.add(operation, Moves.CAS, FREE, HELD, call, end);
            case RELEASE -> moves.add(operation, Moves.CAS, HELD, FREE, call, end);
            case CAS -> {
                int[] pair = history.values().items(history.argument(operation));
                if (pair.length != 2) {
                    throw new HistoryException(
                            "cas takes a list of two values, from and to: " + history.operation(operation));
                }
                int from = blank(history.values(), pair[0]);
                boolean refused =
                        history.completion(operation) == Completion.OK && history.result(operation) == Values.FALSE;
                byte kind = refused ? Moves.UNEQUAL : Moves.CAS;
                moves.add(operation, kind, from, blank(history.values(), pair[1]), call, end);
            }
        }
    }

    /// Takes the empty text and the empty list of a key that nothing was put under for nothing.
    private int blank(Values values, int cell) {
        if (this != KV || cell >= 0 || cell == Values.NIL) {
            return cell;
        }
        return switch (values.value(cell)) {
            case Value.Text text when text.value().isEmpty() -> Values.NIL;
            case Value.Many many when many.items().isEmpty() -> Values.NIL;
            default -> cell;
        };
    }
}
