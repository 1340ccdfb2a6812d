package dev.verdict.consistency;

import dev.verdict.consistency.GeneratedObjects.Kind;

/// Does with an object on a key of its own what no correct one does.
final class FlawedObject {
    private final History.Builder builder;
    private final Values values;
    private final int key;
    private final long first;
    private long line;

    /// @param first the first process that is free
    /// @param line where the history stands
    FlawedObject(History.Builder builder, long first, long line) {
        this.builder = builder;
        this.values = builder.values();
        this.key = values.text("flaw");
        this.first = first;
        this.line = line;
    }

    void show(Kind kind, String flaw) {
        switch (kind) {
            case SET -> set(flaw);
            case QUEUE -> queue(flaw);
            case COUNTER -> {
                run(0, "add", 2, 2);
                run(0, "read", Values.NIL, 1);
            }
            case IDS -> {
                run(0, "generate", Values.NIL, values.text("twin"));
                run(1, "generate", Values.NIL, values.text("twin"));
            }
            case BANK -> bank(flaw);
        }
    }

    private void set(String flaw) {
        switch (flaw) {
            case "duplicated" -> {
                run(0, "add", 1, 1);
                read(0, 1, 1);
            }
            case "never-added" -> {
                run(0, "add", 1, 1);
                read(0, 1, 2);
            }
            case "stale" -> {
                run(0, "add", 1, 1);
                read(1);
                read(1, 1);
            }
            case "crossing-reads" -> crossing();
            case "not-linearizable" -> overtaken();
            case "monotonic-reads" -> {
                run(0, "add", 1, 1);
                read(1, 1);
                read(1);
            }
            case "monotonic-writes" -> {
                run(0, "add", 1, 1);
                run(0, "add", 2, 2);
                read(1, 2);
            }
            case "writes-follow-reads" -> {
                run(0, "add", 1, 1);
                read(1, 1);
                run(1, "add", 2, 2);
                read(2, 2);
            }
            default -> { // lost, and so one's own write not read
                run(0, "add", 1, 1);
                read(0);
            }
        }
    }

    private void crossing() {
        call(0, "add", 1);
        call(1, "add", 2);
        call(2, "read", Values.NIL);
        read(3, 1);
        complete(2, "read", values.list(2));
        complete(0, "add", 1);
        complete(1, "add", 2);
        read(4, 1, 2);
    }

    private void overtaken() {
        call(1, "read", Values.NIL);
        run(0, "add", 1, 1);
        run(0, "add", 2, 2);
        complete(1, "read", values.list(2));
        read(2, 1, 2);
    }

    private void queue(String flaw) {
        run(0, "enqueue", 1, 1);
        run(0, "enqueue", 2, 2);
        switch (flaw) {
            case "lost" -> run(1, "drain", Values.NIL, values.list(2));
            case "duplicated" -> {
                run(1, "dequeue", Values.NIL, 1);
                run(1, "drain", Values.NIL, values.list(1, 2));
            }
            default -> run(1, "drain", Values.NIL, values.list(1, 2, 3));
        }
    }

    private void bank(String flaw) {
        run(0, "read", Values.NIL, values.map(1, 5, 2, 5));
        run(
                0,
                "read",
                Values.NIL,
                switch (flaw) {
                    case "wrong-total" -> values.map(1, 4, 2, 5);
                    case "negative" -> values.map(1, values.integer(-1), 2, 11);
                    case "no-balance" -> values.map(1, 10, 2, Values.NIL);
                    default -> values.map(1, 10);
                });
    }

    private void read(int process, int... seen) {
        run(process, "read", Values.NIL, values.list(seen));
    }

    private void run(int process, String function, int argument, int result) {
        call(process, function, argument);
        complete(process, function, result);
    }

    private void call(int process, String function, int argument) {
        builder.call(++line, first + process, function, key, argument, line);
    }

    private void complete(int process, String function, int result) {
        builder.complete(++line, first + process, Completion.OK, function, result, line);
    }
}
