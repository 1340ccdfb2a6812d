package dev.verdict.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the services of Compose files that are switched on, and checks what they name.
final class ComposeReader {
    private static final String COMPLETED = "service_completed_successfully";
    private static final Pattern COUNT = Pattern.compile("\\d{1,4}");
    private static final Pattern DURATION = Pattern.compile("(?:\\d+(?:\\.\\d+)?(?:h|ms|us|m|s))+");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(h|ms|us|m|s)");

    private final ComposeLayers layers;
    private final List<String> profiles;
    private final List<Problem> problems;
    private final ComposePaths paths;

    /// @param folder of the first file
    ComposeReader(ComposeLayers layers, List<String> profiles, Path folder) {
        this.layers = layers;
        this.profiles = List.copyOf(profiles);
        this.problems = layers.problems();
        this.paths = new ComposePaths(folder, layers);
    }

    Map<String, ComposeService> services() {
        Map<String, ComposeKeys> on = new LinkedHashMap<>();
        layers.services().forEach((name, service) -> {
            ComposeKeys keys = new ComposeKeys(service, layers);
            if (isOn(keys)) {
                on.put(name, keys);
            }
        });
        Set<String> ends = new LinkedHashSet<>();
        on.values()
                .forEach(keys -> keys.dependencies().forEach((needed, condition) -> {
                    if (condition.condition().equals(COMPLETED)) {
                        ends.add(needed);
                    }
                }));
        Map<String, ComposeService> services = new LinkedHashMap<>();
        // One with no container is nothing that could be waited for or led to.
        Set<String> there = on.entrySet().stream()
                .filter(service -> replicas(service.getValue()) > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        on.forEach((name, keys) -> {
            if (there.contains(name)) {
                services.put(name, service(name, keys, ends.contains(name), there));
            }
        });
        ComposeReferences references = new ComposeReferences(layers, on);
        on.forEach((name, keys) -> check(name, keys, references));
        Map<String, String> containers = new LinkedHashMap<>();
        on.forEach((name, keys) -> containerName(name, keys, containers));
        return services;
    }

    /// Refuses a name that several containers would have.
    private void containerName(String service, ComposeKeys keys, Map<String, String> containers) {
        int replicas = replicas(keys);
        Optional<Node.Scalar> given = keys.scalar("container_name").filter(_ -> replicas > 0);
        given.flatMap(layers::known).ifPresent(name -> {
            String other = containers.putIfAbsent(name, service);
            if (other != null || replicas > 1) {
                String why = other == null
                        ? "all " + replicas + " containers would be called '" + Wording.shorten(name) + "'"
                        : "the service '" + other + "' has the name '" + Wording.shorten(name) + "', too";
                problems.add(new Problem(given.get().position(), "container_name: " + why));
            }
        });
    }

    private boolean isOn(ComposeKeys keys) {
        List<String> own = keys.texts("profiles");
        return own.isEmpty() || profiles.contains("*") || own.stream().anyMatch(profiles::contains);
    }

    private void check(String name, ComposeKeys keys, ComposeReferences references) {
        Names.SERVICE
                .refuse(name)
                .ifPresent(why -> problems.add(new Problem(keys.position(), "services: " + why + otherName(name))));
        keys.values().forEach(layers::check);
        if (keys.scalar("image").isEmpty() && keys.value("build").isEmpty()) {
            problems.add(new Problem(keys.position(), name + ": has neither an image nor a build"));
        }
        paths.check(keys);
        references.check(keys);
    }

    /// Advises what to call a service that Compose lets have a dot, as a plan's `${a.b.url}` would
    /// be a port of another.
    private String otherName(String name) {
        String dashed = name.replace('.', '-');
        boolean free =
                Names.SERVICE.refuse(dashed).isEmpty() && !layers.services().containsKey(dashed);
        return free
                ? "; call it '" + dashed + "': the 'aliases' of its network can keep '" + name + "' for others"
                : "";
    }

    private ComposeService service(String name, ComposeKeys keys, boolean ends, Set<String> there) {
        List<ComposeService.Published> ports = new ArrayList<>();
        for (Node node : keys.list("ports")) {
            ports.addAll(new ComposePorts(layers, problems).published(node));
        }
        for (Node node : keys.list("expose")) {
            new ComposePorts(layers, problems)
                    .exposed(node).stream()
                            .filter(port -> ports.stream().noneMatch(other -> other.container() == port.container()))
                            .forEach(ports::add);
        }
        return new ComposeService(
                name,
                keys.position(),
                keys.located("image"),
                keys.value("build").isPresent(),
                keys.located("container_name"),
                ports,
                keys.dependencies().keySet().stream().filter(there::contains).toList(),
                ends,
                restarts(keys),
                keys.located("network_mode").map(ComposeService.Located::text).orElse(""),
                logged(keys),
                replicas(keys),
                within(keys),
                stop(keys));
    }

    private static boolean restarts(ComposeKeys keys) {
        String policy =
                keys.located("restart").map(ComposeService.Located::text).orElse("no");
        return !List.of("", "no", "false").contains(policy);
    }

    private boolean logged(ComposeKeys keys) {
        return keys.mapping("logging").stream()
                .flatMap(logging -> ComposeNodes.scalar(logging, "driver").stream())
                .map(layers::fill)
                .noneMatch("none"::equals);
    }

    private int replicas(ComposeKeys keys) {
        Optional<Node.Scalar> deployed = keys.mapping("deploy").stream()
                .flatMap(deploy -> ComposeNodes.scalar(deploy, "replicas").stream())
                .reduce((_, last) -> last);
        return keys.scalar("scale")
                .or(() -> deployed)
                .map(layers::fill)
                .filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(1);
    }

    private Stop stop(ComposeKeys keys) {
        String signal = keys.located("stop_signal")
                .map(ComposeService.Located::text)
                .map(text -> text.startsWith("SIG") ? text.substring(3) : text)
                .filter(text -> Kinds.SIGNAL.words().contains(text))
                .orElse(ComposeService.USUAL.signal());
        Duration within = keys.scalar("stop_grace_period")
                .map(layers::fill)
                .flatMap(ComposeReader::duration)
                .orElse(ComposeService.USUAL.within());
        return new Stop(signal, within);
    }

    /// Returns how long a health check may take: until Compose would call the service unhealthy.
    private Duration within(ComposeKeys keys) {
        Map<String, Node.Entry> check = new LinkedHashMap<>();
        keys.mapping("healthcheck").forEach(check::putAll);
        if (check.isEmpty()) {
            return ReadyKeys.CONTAINER;
        }
        Duration interval = time(check, "interval", Duration.ofSeconds(30));
        Duration timeout = time(check, "timeout", Duration.ofSeconds(30));
        int retries = ComposeNodes.scalar(check, "retries")
                .map(layers::fill)
                .filter(text -> COUNT.matcher(text).matches())
                .map(Integer::parseInt)
                .orElse(3);
        Duration needed = time(check, "start_period", Duration.ZERO)
                .plus(interval.multipliedBy(retries + 1L))
                .plus(timeout);
        Duration most = needed.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : needed;
        return most.compareTo(ReadyKeys.CONTAINER) > 0 ? most : ReadyKeys.CONTAINER;
    }

    private Duration time(Map<String, Node.Entry> keys, String name, Duration usual) {
        return ComposeNodes.scalar(keys, name)
                .map(layers::fill)
                .flatMap(ComposeReader::duration)
                .orElse(usual);
    }

    /// Reads a time as `1m30s` or `250ms`.
    static Optional<Duration> duration(String text) {
        String bare = text.strip();
        if (!DURATION.matcher(bare).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher parts = PART.matcher(bare);
        while (parts.find()) {
            double unit = switch (parts.group(2)) {
                case "h" -> 3600e9;
                case "m" -> 60e9;
                case "s" -> 1e9;
                case "ms" -> 1e6;
                default -> 1e3;
            };
            sum = sum.plusNanos((long) (Double.parseDouble(parts.group(1)) * unit));
        }
        return Optional.of(sum);
    }
}
