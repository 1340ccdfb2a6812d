package dev.verdict.workload;

import dev.verdict.plan.Workload;
import dev.verdict.plan.WorkloadModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/// Chooses what one client does, by the seed, the operations' weights and what the model allows at
/// the time.
final class Chooser {
    private static final int LARGEST_ADDEND = 5;

    private final Workload workload;
    private final Shared shared;
    private final Random random;
    private final List<String> functions = new ArrayList<>();
    private final Set<Integer> held = new HashSet<>();

    /// Is what all clients choose from: values, each once, and what was last seen under a key.
    ///
    /// @param values the next value
    record Shared(AtomicLong values, Map<Integer, JsonNode> seen) {
        Shared() {
            this(new AtomicLong(1), new ConcurrentHashMap<>());
        }
    }

    Chooser(Workload workload, Shared shared, long seed) {
        this.workload = workload;
        this.shared = shared;
        this.random = new Random(seed);
        workload.operations().forEach((name, operation) -> {
            for (int i = 0; i < operation.weight(); i++) {
                functions.add(name);
            }
        });
    }

    Chosen next() {
        int key = random.nextInt(workload.keys());
        if (workload.model() == WorkloadModel.MUTEX) {
            return held.isEmpty()
                    ? plain("acquire", key)
                    : plain("release", held.iterator().next());
        }
        String function = functions.get(random.nextInt(functions.size()));
        if (function.equals("cas")) {
            JsonNode expected = shared.seen().get(key);
            if (expected != null) {
                return cas(key, expected);
            }
            // Nothing was seen yet that could be expected.
            function = workload.operations().containsKey("write") ? "write" : "read";
        }
        return workload.model().updates().contains(function) ? update(function, key) : plain(function, key);
    }

    /// Returns a look at one thing.
    static Chosen look(String function, int key) {
        return plain(function, key);
    }

    /// Learns how it ended.
    ///
    /// @param seen what was there afterwards, or null if that is not known
    void done(Chosen chosen, boolean ok, JsonNode seen) {
        switch (chosen.function()) {
            case "acquire" -> {
                if (ok) {
                    held.add(chosen.key());
                }
            }
            case "release" -> held.remove(chosen.key());
            case "write", "cas", "read" -> {
                if (ok && !seen.isNull()) {
                    shared.seen().put(chosen.key(), seen);
                }
            }
            default -> {
                // leaves nothing that the next choice depends on
            }
        }
    }

    private static Chosen plain(String function, int key) {
        return new Chosen(function, key, NullNode.getInstance(), "", "");
    }

    private Chosen update(String function, int key) {
        if (workload.model() == WorkloadModel.COUNTER) {
            int addend = 1 + random.nextInt(LARGEST_ADDEND);
            return new Chosen(function, key, JsonNodeFactory.instance.numberNode(addend), "" + addend, "");
        }
        long value = shared.values().getAndIncrement();
        if (workload.model() == WorkloadModel.KV) {
            // Ends in what no number holds, so that values that were appended can be told apart.
            String text = value + ".";
            return new Chosen(function, key, JsonNodeFactory.instance.stringNode(text), text, "");
        }
        return new Chosen(function, key, JsonNodeFactory.instance.numberNode(value), "" + value, "");
    }

    private Chosen cas(int key, JsonNode expected) {
        long value = shared.values().getAndIncrement();
        JsonNode argument = JsonNodeFactory.instance.arrayNode().add(expected).add(value);
        return new Chosen("cas", key, argument, "" + value, expected.asString());
    }
}
