package dev.verdict.consistency;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides by trying every order, and shares nothing with the checkers but the columns of
/// [History]: their twin, for small histories.
final class BruteForce {
    private record Config(BitSet done, Value state) {}

    private final History history;
    private final Set<Config> seen = new HashSet<>();

    private BruteForce(History history) {
        this.history = history;
    }

    /// Tells whether a history of one key is linearizable.
    static boolean isLinearizable(History history, Datatype datatype) {
        Value start = datatype == Datatype.MUTEX ? new Value.Bool(false) : Value.NIL;
        BitSet out = new BitSet();
        for (int i = 0; i < history.size(); i++) {
            if (history.completion(i) == Completion.FAIL) {
                out.set(i);
            }
        }
        return new BruteForce(history).search(new Config(out, start));
    }

    private boolean search(Config config) {
        if (!seen.add(config)) {
            return false;
        }
        int earliest = History.NEVER;
        for (int i = 0; i < history.size(); i++) {
            if (!config.done().get(i)) {
                earliest = Math.min(earliest, history.returned(i));
            }
        }
        if (earliest == History.NEVER) {
            return true;
        }
        for (int i = 0; i < history.size(); i++) {
            if (!config.done().get(i) && history.called(i) < earliest) {
                Operation operation = history.operation(i);
                Value after = after(operation, config.state());
                BitSet done = (BitSet) config.done().clone();
                done.set(i);
                if (after != null && search(new Config(done, after))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable Value after(Operation operation, Value state) {
        boolean unknown = operation.completion() == Completion.INFO;
        return switch (operation.function()) {
            case "read", "get" -> unknown || same(operation.result(), state) ? state : null;
            case "append" -> new Value.Text(text(state) + text(operation.argument()));
            case "cas" -> {
                Value.Many pair = (Value.Many) operation.argument();
                boolean equal = same(pair.items().get(0), state);
                if (!unknown && operation.result().equals(new Value.Bool(false))) {
                    yield equal ? null : state;
                }
                yield equal ? pair.items().get(1) : null;
            }
            case "acquire" -> state.equals(new Value.Bool(false)) ? new Value.Bool(true) : null;
            case "release" -> state.equals(new Value.Bool(true)) ? new Value.Bool(false) : null;
            default -> operation.argument();
        };
    }

    private static boolean same(Value one, Value other) {
        return one.equals(other) || (text(one).isEmpty() && text(other).isEmpty());
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Text text -> text.value();
            case Value.Nil _ -> "";
            default -> value.toString();
        };
    }
}
