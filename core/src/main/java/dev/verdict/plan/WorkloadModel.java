package dev.verdict.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Names the consistency models that a workload can be held to, with the operations that each
/// knows. More models, as transactions over lists, are checked by `verdict check` alone.
public enum WorkloadModel {
    /// Is one value, written and read, as if there were one copy of it.
    REGISTER,
    /// Is a register with an operation that writes only over an expected value.
    CAS_REGISTER,
    /// Is a lock.
    MUTEX,
    /// Is a text for each key, to which more can be appended.
    KV,
    /// Is a set, of which the last read counts.
    SET,
    /// Is a set, of which every read counts.
    SET_FULL,
    /// Is a set, of which every read sees all that was acknowledged before.
    SET_LINEARIZABLE,
    /// Is a queue from which nothing comes that was not put in, and nothing twice.
    QUEUE,
    /// Is a queue from which all comes that was put in, at least once.
    TOTAL_QUEUE,
    /// Is a queue from which all comes that was put in, and nothing twice.
    EXACTLY_ONCE_QUEUE,
    /// Is a number to which others are added.
    COUNTER,
    /// Gives out ids.
    UNIQUE_IDS,
    /// Is a set that each client sees grow as its own session allows: all four guarantees.
    SESSION;

    /// Returns the name, as a plan and `verdict check` have it: `cas-register`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the operations that change something.
    public List<String> updates() {
        return switch (this) {
            case REGISTER -> List.of("write");
            case CAS_REGISTER -> List.of("write", "cas");
            case MUTEX -> List.of("acquire", "release");
            case KV -> List.of("put", "append");
            case SET, SET_FULL, SET_LINEARIZABLE, COUNTER, SESSION -> List.of("add");
            case QUEUE, TOTAL_QUEUE, EXACTLY_ONCE_QUEUE -> List.of("enqueue");
            case UNIQUE_IDS -> List.of();
        };
    }

    /// Returns the operation that says what is there; at most one.
    public Optional<String> look() {
        return switch (this) {
            case REGISTER, CAS_REGISTER, SET, SET_FULL, SET_LINEARIZABLE, COUNTER, SESSION -> Optional.of("read");
            case KV -> Optional.of("get");
            case QUEUE, TOTAL_QUEUE, EXACTLY_ONCE_QUEUE -> Optional.of("dequeue");
            case UNIQUE_IDS -> Optional.of("generate");
            case MUTEX -> Optional.empty();
        };
    }

    /// Returns all operations.
    public List<String> functions() {
        return Stream.concat(updates().stream(), look().stream()).toList();
    }

    /// Says whether what the look answers is a list.
    public boolean isCollection() {
        return Set.of(SET, SET_FULL, SET_LINEARIZABLE, SESSION).contains(this);
    }

    /// Says whether looking takes away what is seen.
    public boolean isQueue() {
        return Set.of(QUEUE, TOTAL_QUEUE, EXACTLY_ONCE_QUEUE).contains(this);
    }

    static Optional<WorkloadModel> named(String id) {
        return Arrays.stream(values()).filter(model -> model.id().equals(id)).findFirst();
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(WorkloadModel::id).toList();
    }
}
