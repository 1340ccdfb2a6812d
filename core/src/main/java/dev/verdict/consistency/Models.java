package dev.verdict.consistency;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        return models;
    }
}
