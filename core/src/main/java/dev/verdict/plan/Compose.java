package dev.verdict.plan;

import java.util.List;
import java.util.Map;

/// Names Compose files that are used as they are.
///
/// @param files relative to the plan's folder, in the order in which they are merged
/// @param profiles that are switched on
/// @param envFiles that set variables of the files, relative to the plan's folder; if there are
///     none, `.env` beside the first file
/// @param env variables of the files, before those of the environment
public record Compose(List<String> files, List<String> profiles, List<String> envFiles, Map<String, Text> env) {
    public Compose {
        files = List.copyOf(files);
        profiles = List.copyOf(profiles);
        envFiles = List.copyOf(envFiles);
        env = Ordered.copy(env);
    }
}
