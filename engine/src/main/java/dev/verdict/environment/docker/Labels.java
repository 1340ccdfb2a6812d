package dev.verdict.environment.docker;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Names the labels that Verdict puts on everything it creates in an engine.
public final class Labels {
    /// Holds the run's id, for people.
    public static final String RUN = "dev.verdict.run";

    /// Holds what tells the run from every other, also from one of the same id elsewhere.
    public static final String MARK = "dev.verdict.mark";

    /// Holds the service's name in the plan.
    public static final String SERVICE = "dev.verdict.service";

    /// Is Compose's own label for the project.
    public static final String PROJECT = "com.docker.compose.project";

    /// Is Compose's own label for the service.
    public static final String COMPOSE_SERVICE = "com.docker.compose.service";

    /// Is Compose's own label for commands that `docker compose run` starts: `True` on those.
    static final String ONE_OFF = "com.docker.compose.oneoff";

    private Labels() {}

    /// Returns the labels of what a run creates for one service.
    public static Map<String, String> of(String run, String mark, String service) {
        return Map.of(RUN, run, MARK, mark, SERVICE, service);
    }

    /// Returns the engine's filter for things that carry all these labels.
    static String filter(Map<String, String> labels) {
        List<String> wanted = labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .sorted()
                .toList();
        return JsonMapper.shared().writeValueAsString(Map.of("label", wanted));
    }
}
