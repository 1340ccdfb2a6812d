package dev.verdict.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Is what clients did and were told: operations in the order of their calls, in columns of at
/// most 40 bytes an operation. Safe for use by several threads once it is built.
///
/// The order of events, not their time, says what was before what: an operation precedes another if
/// its return stands before the other's call.
public final class History {
    /// The place of a return that never came.
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int MAX_PROCESSES = 1 << 24;
    private static final int MAX_FUNCTIONS = 1 << 6;

    private final Values values;
    private final Column kinds = new Column(); // process, function and completion in 24, 6 and 2 bits
    private final Column keys = new Column();
    private final Column arguments = new Column();
    private final Column results = new Column();
    private final Column called = new Column();
    private final Column returned = new Column();
    private final LongColumn callNanos = new LongColumn();
    private final LongColumn returnNanos = new LongColumn();
    private final LongColumn processes = new LongColumn();
    private final List<String> functions = new ArrayList<>();
    private int events;
    private boolean timed;

    private History(Values values) {
        this.values = values;
    }

    /// Returns the number of operations.
    public int size() {
        return kinds.size();
    }

    /// Returns the number of events: calls and returns.
    public int events() {
        return events;
    }

    /// Returns the table that says what is in a cell.
    public Values values() {
        return values;
    }

    /// Tells whether the events have times.
    public boolean timed() {
        return timed;
    }

    /// Returns the number of a function in this history; -1 if nobody called it.
    public int function(String name) {
        return functions.indexOf(name);
    }

    /// Returns the names of the functions that were called; an index is a function's number.
    public List<String> functions() {
        return List.copyOf(functions);
    }

    /// Returns the number of the function that an operation called.
    public int function(int operation) {
        return (kinds.get(operation) >>> 2) & (MAX_FUNCTIONS - 1);
    }

    /// Returns how an operation ended.
    public Completion completion(int operation) {
        return Completion.of(kinds.get(operation) & 3);
    }

    /// Returns a dense number, from 0, of the process that called.
    public int lane(int operation) {
        return kinds.get(operation) >>> 8;
    }

    /// Returns the process that called, as the clients name it.
    public long process(int operation) {
        return processes.get(lane(operation));
    }

    /// Returns the cell of an operation's key.
    public int key(int operation) {
        return keys.get(operation);
    }

    /// Returns the cell of the value that an operation was called with.
    public int argument(int operation) {
        return arguments.get(operation);
    }

    /// Returns the cell of the value that an operation returned with.
    public int result(int operation) {
        return results.get(operation);
    }

    /// Returns the place of an operation's call among all events.
    public int called(int operation) {
        return called.get(operation);
    }

    /// Returns the place of an operation's return among all events; [#NEVER] for INFO.
    public int returned(int operation) {
        return returned.get(operation);
    }

    /// Returns when an operation was called.
    public long callNanos(int operation) {
        return callNanos.get(operation);
    }

    /// Returns when an operation returned; for INFO when it was given up, else its call's time.
    public long returnNanos(int operation) {
        return returnNanos.get(operation);
    }

    /// Returns an operation to look at.
    public Operation operation(int operation) {
        return new Operation(
                operation,
                process(operation),
                functions.get(function(operation)),
                values.value(key(operation)),
                values.value(argument(operation)),
                values.value(result(operation)),
                completion(operation),
                called(operation),
                returned(operation),
                callNanos(operation),
                returnNanos(operation));
    }

    /// Returns all operations to look at, by the order of calls.
    public Stream<Operation> operations() {
        return IntStream.range(0, size()).mapToObj(this::operation);
    }

    /// Builds a history event by event, in their order.
    public static final class Builder {
        private final History history = new History(new Values());
        private final Map<String, Integer> functions = new HashMap<>();
        private final Map<Long, Integer> lanes = new HashMap<>();
        private final Column pending = new Column(); // of each lane: its operation, FREE or CRASHED

        private static final int FREE = -1;
        private static final int CRASHED = -2;

        /// Returns the table that makes cells of values.
        public Values values() {
            return history.values;
        }

        /// Adds a call.
        ///
        /// @param line where it stands, for messages
        public void call(long line, long process, String function, int key, int argument, long nanos) {
            int lane = lane(line, process);
            if (pending.get(lane) == CRASHED) {
                throw new HistoryException(
                        line,
                        "process %d calls %s, but its last operation ended in info: what it does is unknown, so go on"
                                        .formatted(process, function)
                                + " with a new process number");
            }
            if (pending.get(lane) != FREE) {
                throw new HistoryException(
                        line, "process %d calls %s before its last call returned".formatted(process, function));
            }
            pending.set(lane, history.size());
            history.kinds.add(lane << 8 | functionNumber(line, function) << 2 | Completion.INFO.code());
            history.keys.add(key);
            history.arguments.add(argument);
            history.results.add(Values.NIL);
            history.called.add(history.events++);
            history.returned.add(NEVER);
            history.callNanos.add(nanos);
            history.returnNanos.add(nanos);
            history.timed |= nanos != 0;
        }

        /// Adds the return of a process's call; INFO says that its answer will never be known.
        ///
        /// @param line where it stands, for messages
        public void complete(long line, long process, Completion completion, String function, int result, long nanos) {
            Integer lane = lanes.get(process);
            int operation = lane == null ? FREE : pending.get(lane);
            if (lane == null || operation < 0) {
                throw new HistoryException(
                        line, "process %d returns from %s without a call".formatted(process, function));
            }
            String calledFunction = history.functions.get(history.function(operation));
            if (!calledFunction.equals(function)) {
                throw new HistoryException(
                        line,
                        "process %d returns from %s, but it called %s".formatted(process, function, calledFunction));
            }
            pending.set(lane, completion == Completion.INFO ? CRASHED : FREE);
            history.kinds.set(operation, (history.kinds.get(operation) & ~3) | completion.code());
            history.returnNanos.set(operation, nanos);
            history.timed |= nanos != 0;
            if (completion != Completion.INFO) {
                history.results.set(operation, result);
                history.returned.set(operation, history.events);
            }
            history.events++;
        }

        /// Returns the history; calls that have not returned are INFO.
        public History build() {
            return history;
        }

        private int lane(long line, long process) {
            Integer known = lanes.get(process);
            if (known != null) {
                return known;
            }
            int lane = pending.size();
            if (lane == MAX_PROCESSES) {
                throw new HistoryException(line, "more than %d processes".formatted(MAX_PROCESSES));
            }
            lanes.put(process, lane);
            pending.add(FREE);
            history.processes.add(process);
            return lane;
        }

        private int functionNumber(long line, String function) {
            Integer known = functions.get(function);
            if (known != null) {
                return known;
            }
            if (functions.size() == MAX_FUNCTIONS) {
                throw new HistoryException(line, "more than %d different functions".formatted(MAX_FUNCTIONS));
            }
            functions.put(function, functions.size());
            history.functions.add(function);
            return functions.size() - 1;
        }
    }
}
