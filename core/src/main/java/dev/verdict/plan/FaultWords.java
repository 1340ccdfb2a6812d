package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads a fault as a command line has it: `delay orders→stock 200ms jitter=50ms`.
///
/// The first word after the target may stand without its key if the kind has a main one; the keys
/// are the plan's. Lists are written `a,b,c`, and groups of them `a,b/c`.
public final class FaultWords {
    private static final Map<String, String> MAIN = Map.ofEntries(
            Map.entry("kill", "signal"),
            Map.entry("crashLoop", "alive"),
            Map.entry("cpu", "workers"),
            Map.entry("memory", "leave"),
            Map.entry("openFiles", "count"),
            Map.entry("processes", "count"),
            Map.entry("diskFull", "path"),
            Map.entry("readOnlyDisk", "path"),
            Map.entry("flipBits", "file"),
            Map.entry("truncate", "file"),
            Map.entry("damagePages", "file"),
            Map.entry("clock", "ahead"),
            Map.entry("delay", "by"),
            Map.entry("bandwidth", "rate"),
            Map.entry("resetAfterBytes", "bytes"),
            Map.entry("resetAfter", "after"),
            Map.entry("slowClose", "by"),
            Map.entry("corrupt", "share"),
            Map.entry("slice", "bytes"),
            Map.entry("httpStatus", "status"),
            Map.entry("httpBody", "body"));
    private static final Pattern PAIR = Pattern.compile("([A-Za-z]+)=(.*)", Pattern.DOTALL);

    private FaultWords() {}

    /// Returns the words for all kinds of faults, in the reference's order.
    public static List<String> kinds() {
        return FaultKeys.NAMES;
    }

    /// Returns what a kind does and takes, on one line.
    public static String help(String kind) {
        FaultKind known = FaultKeys.KINDS.stream()
                .filter(each -> each.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(kind + " is no kind of fault"));
        String keys = known.parameters()
                .map(key -> known.needs().contains(key) ? key.name() + "=…" : "[" + key.name() + "=…]")
                .collect(Collectors.joining(" "));
        return known.key().doc() + (keys.isEmpty() ? "" : " " + keys);
    }

    /// Reads the words.
    ///
    /// @param words what follows the target
    /// @param lasting how long it is to act, as a duration; empty until it is undone
    /// @throws IllegalArgumentException with every mistake, one a line
    public static ScheduledFault read(String kind, String target, List<String> words, String lasting) {
        if (!FaultKeys.NAMES.contains(kind)) {
            throw new IllegalArgumentException("'%s' is no kind of fault%s; `verdict fault --help` lists all"
                    .formatted(Wording.shorten(kind), Nearest.hint(kind, FaultKeys.NAMES)));
        }
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put(kind, target);
        for (String word : words) {
            pair(kind, word, entry);
        }
        if (!lasting.isEmpty()) {
            // what people type; a plan says min
            entry.put(FaultKeys.FOR.name(), lasting.replaceFirst("(?<=[0-9])m$", "min"));
        }
        ObjectNode json = Schemas.empty();
        entry.forEach((key, value) -> json.put(key, value.replace("$", "$$")));
        if (target.contains(",")) {
            names(json.putArray(kind), target);
        }
        String groups = entry.get(PartitionKeys.GROUPS.name());
        if (groups != null) {
            ArrayNode all = json.putArray(PartitionKeys.GROUPS.name());
            for (String group : groups.split("/", -1)) {
                names(all.addArray(), group);
            }
        }
        try {
            return FaultKeys.parse(json.toString());
        } catch (PlanException e) {
            throw new IllegalArgumentException(
                    e.problems().stream().map(Problem::message).collect(Collectors.joining("\n")), e);
        }
    }

    /// Reads services as a command line has them: `a,b`.
    private static void names(ArrayNode list, String text) {
        for (String name : text.split(",", -1)) {
            list.add(name.strip());
        }
    }

    private static void pair(String kind, String word, Map<String, String> entry) {
        var pair = PAIR.matcher(word);
        String main = MAIN.get(kind);
        if (pair.matches()) {
            entry.put(pair.group(1), pair.group(2));
        } else if (main != null && !entry.containsKey(main)) {
            entry.put(main, word);
        } else {
            throw new IllegalArgumentException(
                    "'%s': write KEY=VALUE; %s".formatted(Wording.shorten(word), help(kind)));
        }
    }
}
