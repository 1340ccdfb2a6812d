package dev.verdict.consistency.append;

import static dev.verdict.consistency.append.Phenomenon.*;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lists the consistency models of transactions with the weaker ones that each includes, and the
/// phenomena that each forbids beyond those.
///
/// Sources: Adya, "Weak Consistency" (1999) for PL-1 to PL-3 and PL-2+; Berenson and others, "A
/// Critique of ANSI SQL Isolation Levels" (1995) for lost updates; Cerone, Bernardi and Gotsman, "A
/// Framework for Transactional Consistency Models with Atomic Visibility" (2015) for the internal
/// axiom, read atomic and parallel snapshot isolation; Cerone and Gotsman, "Analysing Snapshot
/// Isolation" (2016) for non-adjacent cycles; Daudjee and Salem, "Lazy Database Replication with
/// Snapshot Isolation" (2006) for sessions.
@SuppressWarnings("ImmutableEnumChecker") // the collections are of the unchangeable kind
public enum Isolation {
    /// Adya's PL-1.
    READ_UNCOMMITTED(List.of(), G0, DUPLICATE_ELEMENTS, GARBAGE_READ),
    /// Adya's PL-2.
    READ_COMMITTED(List.of(READ_UNCOMMITTED), G1A, G1B, G1C, DIRTY_UPDATE, INCOMPATIBLE_ORDER, FUTURE_READ),
    /// Every transaction is seen wholly or not at all, and agrees with itself.
    READ_ATOMIC(List.of(READ_COMMITTED), INTERNAL),
    /// Adya's PL-CS.
    CURSOR_STABILITY(List.of(READ_COMMITTED), LOST_UPDATE),
    /// Adya's PL-2+.
    CONSISTENT_VIEW(List.of(CURSOR_STABILITY), G_SINGLE),
    /// Adya's PL-2.99; over lists without predicates it forbids what serializability forbids but
    /// for the internal axiom.
    REPEATABLE_READ(List.of(CURSOR_STABILITY), G2_ITEM),
    /// Snapshot isolation in which two sites may see transactions in different orders.
    PARALLEL_SNAPSHOT_ISOLATION(List.of(READ_ATOMIC), LOST_UPDATE),
    /// Every transaction reads from a state and fails if another changed what it changes.
    SNAPSHOT_ISOLATION(List.of(CONSISTENT_VIEW, PARALLEL_SNAPSHOT_ISOLATION), G_NONADJACENT),
    /// Adya's PL-3: transactions have one order.
    SERIALIZABLE(List.of(SNAPSHOT_ISOLATION, REPEATABLE_READ), G2_ITEM),

    STRONG_SESSION_READ_UNCOMMITTED(List.of(READ_UNCOMMITTED), G0_PROCESS),
    STRONG_SESSION_READ_COMMITTED(List.of(READ_COMMITTED, STRONG_SESSION_READ_UNCOMMITTED), G1C_PROCESS),
    STRONG_SESSION_SNAPSHOT_ISOLATION(
            List.of(SNAPSHOT_ISOLATION, STRONG_SESSION_READ_COMMITTED), G_NONADJACENT_PROCESS),
    STRONG_SESSION_SERIALIZABLE(List.of(SERIALIZABLE, STRONG_SESSION_SNAPSHOT_ISOLATION), G2_ITEM_PROCESS),

    STRONG_READ_UNCOMMITTED(List.of(STRONG_SESSION_READ_UNCOMMITTED), G0_REALTIME),
    STRONG_READ_COMMITTED(List.of(STRONG_SESSION_READ_COMMITTED, STRONG_READ_UNCOMMITTED), G1C_REALTIME),
    STRONG_SNAPSHOT_ISOLATION(
            List.of(STRONG_SESSION_SNAPSHOT_ISOLATION, STRONG_READ_COMMITTED), G_NONADJACENT_REALTIME),
    /// Transactions have one order, and it agrees with time.
    STRICT_SERIALIZABLE(List.of(STRONG_SESSION_SERIALIZABLE, STRONG_SNAPSHOT_ISOLATION), G2_ITEM_REALTIME);

    private final List<Isolation> includes;
    private final Set<Phenomenon> adds;

    Isolation(List<Isolation> includes, Phenomenon... adds) {
        this.includes = includes;
        this.adds = Set.of(adds);
    }

    /// Returns the model of a name as `snapshot-isolation`.
    public static Optional<Isolation> named(String name) {
        return Stream.of(values()).filter(model -> model.term().equals(name)).findFirst();
    }

    /// Returns the models that cannot hold for a history with these phenomena.
    public static Set<Isolation> refutedBy(Collection<Phenomenon> found) {
        return Stream.of(values())
                .filter(model -> found.stream().anyMatch(model::forbids))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Isolation.class)));
    }

    /// Returns those of the models that include no other of them.
    public static Set<Isolation> weakest(Set<Isolation> models) {
        return models.stream()
                .filter(model -> models.stream().noneMatch(other -> other != model && model.includes(other)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Isolation.class)));
    }

    /// Returns those of the models that no other of them includes.
    public static Set<Isolation> strongest(Set<Isolation> models) {
        return models.stream()
                .filter(model -> models.stream().noneMatch(other -> other != model && other.includes(model)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Isolation.class)));
    }

    /// Returns the field's term, as `snapshot-isolation`.
    public String term() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Tells whether a history with this phenomenon breaks this model.
    public boolean forbids(Phenomenon phenomenon) {
        return adds.stream().anyMatch(added -> added == phenomenon || phenomenon.covers(added))
                || includes.stream().anyMatch(model -> model.forbids(phenomenon));
    }

    /// Tells whether what holds under this model holds under the other as well.
    public boolean includes(Isolation other) {
        return this == other || includes.stream().anyMatch(model -> model.includes(other));
    }

    /// Returns what this model forbids beyond the models that it includes.
    public Set<Phenomenon> adds() {
        return adds;
    }

    @Override
    public String toString() {
        return term();
    }
}
