package dev.verdict.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Says which scenarios are asked for, beyond what a suite's own tags say. Every part that is not
/// empty must agree; inside a part one match is enough.
///
/// @param tags a Cucumber tag expression; empty for all
/// @param names regular expressions or plain text, searched in scenario names; empty for all
/// @param paths `FOLDER`, `FILE.feature` or `FILE.feature:LINE:LINE…`, relative to the plan's
///     folder or absolute; empty for all
/// @param ids of scenarios, with or without the `#n` of a repetition; empty for all
/// @param shard the part of the scenarios that this run takes
public record Selection(String tags, List<String> names, List<String> paths, Set<String> ids, Shard shard) {
    /// Asks for every scenario.
    public static final Selection ALL = new Selection("", List.of(), List.of(), Set.of(), Shard.ALL);

    public Selection {
        names = List.copyOf(names);
        paths = List.copyOf(paths);
        ids = Set.copyOf(ids);
    }

    /// Returns the selection as it would be typed; empty if it asks for every scenario.
    public String source() {
        List<String> words = new ArrayList<>();
        if (!tags.isBlank()) {
            words.add("--tags " + tags);
        }
        names.forEach(name -> words.add("--name " + name));
        words.addAll(paths);
        if (!ids.isEmpty()) {
            words.add("--ids " + String.join(",", new TreeSet<>(ids)));
        }
        if (!shard.equals(Shard.ALL)) {
            words.add("--shard " + shard);
        }
        return String.join(" ", words);
    }

    /// Is one of `count` parts that together hold every scenario once.
    ///
    /// @param index from 1
    public record Shard(int index, int count) {
        /// Is the whole.
        public static final Shard ALL = new Shard(1, 1);

        public Shard {
            if (count < 1 || index < 1 || index > count) {
                throw new IllegalArgumentException(
                        "no shard " + index + "/" + count + ": the first number goes from 1 to the second");
            }
        }

        /// Reads `2/4`.
        ///
        /// @throws IllegalArgumentException if it is not written so; the message is for the user
        public static Shard parse(String text) {
            String[] parts = text.strip().split("/", -1);
            try {
                if (parts.length == 2) {
                    return new Shard(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a shard: " + text + "; write it as 2/4", e);
            }
            throw new IllegalArgumentException("not a shard: " + text + "; write it as 2/4");
        }

        @Override
        public String toString() {
            return index + "/" + count;
        }
    }
}
