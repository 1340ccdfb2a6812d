package dev.verdict.consistency;

import dev.verdict.consistency.SessionGuarantees.Guarantee;
import dev.verdict.consistency.append.Isolation;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/// Names the consistency models that a history can be checked against.
public final class Models {
    private static final Map<String, Supplier<Checker>> MODELS = models();

    private Models() {}

    /// Returns the names, those of one family together.
    public static Set<String> names() {
        return MODELS.keySet();
    }

    /// Returns the checker of a model; empty if there is no model of that name.
    public static Optional<Checker> checker(String name) {
        return Optional.ofNullable(MODELS.get(name)).map(Supplier::get);
    }

    private static Map<String, Supplier<Checker>> models() {
        Map<String, Supplier<Checker>> models = new LinkedHashMap<>();
        models.put("register", () -> new Linearizability(Datatype.REGISTER));
        models.put("cas-register", () -> new Linearizability(Datatype.CAS_REGISTER));
        models.put("mutex", () -> new Linearizability(Datatype.MUTEX));
        models.put("kv", () -> new Linearizability(Datatype.KV));
        models.put("set", FinalSet::new);
        models.put("set-full", () -> new FullSet(false));
        models.put("set-linearizable", () -> new FullSet(true));
        models.put("queue", () -> new Queue(false, false));
        models.put("total-queue", () -> new Queue(true, true));
        models.put("exactly-once-queue", () -> new Queue(false, true));
        models.put("counter", CounterBounds::new);
        models.put("unique-ids", UniqueIds::new);
        models.put("bank", () -> new BankTotals(OptionalLong.empty(), false));
        models.put("bank-overdraft", () -> new BankTotals(OptionalLong.empty(), true));
        models.put("session", () -> new SessionGuarantees(EnumSet.allOf(Guarantee.class)));
        for (Guarantee guarantee : Guarantee.values()) {
            models.put("session-" + word(guarantee), () -> new SessionGuarantees(EnumSet.of(guarantee)));
        }
        models.put("list-append", () -> new ListAppend(Isolation.STRICT_SERIALIZABLE));
        for (Isolation isolation : Isolation.values()) {
            models.put("list-append-" + word(isolation), () -> new ListAppend(isolation));
        }
        return models;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
