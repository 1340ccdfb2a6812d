package dev.verdict.environment;

import dev.verdict.environment.docker.Labels;
import dev.verdict.plan.ComposeFile;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.Limits;
import dev.verdict.plan.Port;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import dev.verdict.plan.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.json.JsonMapper;

/// Writes what Verdict adds to the user's Compose file: labels, ports on the loopback interface,
/// and the containers that the plan has of its own. As JSON, which is YAML.
record ComposeOverride(Surroundings run, Optional<ComposeFile> file) {
    String json(Collection<Service> services) {
        Map<String, Object> all = new LinkedHashMap<>();
        services.forEach(service -> all.put(
                service.name(),
                switch (service.runs()) {
                    case Runs.FromCompose _ -> added(service);
                    case Runs.Container container -> whole(service, container);
                    case Runs.LocalProcess _, Runs.Existing _ ->
                        throw new IllegalStateException(service.name() + " is no container");
                }));
        Map<String, Object> root = new LinkedHashMap<>();
        // Files that are merged must be of one version of the format.
        String version = file.map(ComposeFile::version).orElse("3.8");
        if (!version.isEmpty()) {
            root.put("version", version);
        }
        root.put("services", all);
        return JsonMapper.shared().writeValueAsString(root);
    }

    private Map<String, Object> labelled(Service service) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("labels", Labels.of(run.folder().id(), run.processes().mark().nonce(), service.name()));
        return json;
    }

    private Map<String, Object> added(Service service) {
        Map<String, Object> json = labelled(service);
        ComposeService found = file.orElseThrow().services().get(service.name());
        if (found == null) {
            return json;
        }
        if (!found.logged()) {
            // Its streams could be taken over only in a race with its start.
            json.put("logging", Map.of("driver", "json-file", "options", Map.of("max-size", "16m", "max-file", "2")));
        }
        if (found.builds() && found.image().isEmpty()) {
            // A name of its own for each run would be a new image for each run.
            json.put("image", builtName(service));
        }
        List<String> mounts = mounts(service);
        if (!mounts.isEmpty()) {
            json.put("volumes", mounts);
        }
        if (!service.env().isEmpty() || OwnClock.wanted(service)) {
            json.put("environment", environment(service));
        }
        if (found.publishes()) {
            List<String> ports = published(
                    service,
                    port -> !byEngine(port, found)
                            && found.host(port.container().orElseThrow()).isEmpty());
            if (!ports.isEmpty()) {
                json.put("ports", ports);
            }
        }
        return json;
    }

    /// Tells whether the engine chooses the number of a port, since the file alone publishes it.
    static boolean byEngine(Port port, ComposeService found) {
        return port.fixed().isEmpty() && found.byEngine(port.container().orElse(0));
    }

    /// @param open which to publish: some of a Compose file are published already
    private List<String> published(Service service, Predicate<Port> open) {
        List<String> ports = new ArrayList<>();
        for (Port port : service.ports().values()) {
            if (open.test(port)) {
                Endpoint at = run.endpoint(service.name(), port.name());
                ports.add("%s:%d:%d"
                        .formatted(at.host(), at.port(), port.container().orElseThrow()));
            }
        }
        return ports;
    }

    private Map<String, Object> whole(Service service, Runs.Container container) {
        Map<String, Object> json = labelled(service);
        switch (container.source()) {
            case Runs.Source.Image(Text name) -> json.put("image", literal(run.text(service.name(), name)));
            case Runs.Source.Build build -> {
                json.put("image", builtName(service));
                json.put("build", build(service, build));
            }
        }
        if (!container.command().isEmpty()) {
            json.put("command", literals(run.texts(service.name(), container.command())));
        }
        List<String> volumes = new ArrayList<>(literals(run.texts(service.name(), container.volumes())));
        volumes.addAll(mounts(service));
        json.put("volumes", volumes);
        json.put("environment", environment(service));
        json.put("ports", published(service, _ -> true));
        limits(container.limits(), json);
        return json;
    }

    /// Returns the small disks that the service sees elsewhere than this machine does, and what its
    /// own clock takes.
    private List<String> mounts(Service service) {
        List<String> mounts = new ArrayList<>(run.disks().of(service.name()).stream()
                .filter(disk -> !disk.at().equals(disk.path()))
                .map(disk -> "%s:%s".formatted(disk.path(), disk.at()))
                .toList());
        if (OwnClock.wanted(service)) {
            mounts.addAll(OwnClock.mounts(run, service.name()));
        }
        return literals(mounts);
    }

    private Map<String, Object> build(Service service, Runs.Source.Build build) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "context",
                literal(run.plan()
                        .directory()
                        .resolve(run.text(service.name(), build.context()))
                        .normalize()
                        .toString()));
        build.dockerfile().ifPresent(text -> json.put("dockerfile", literal(run.text(service.name(), text))));
        Map<String, String> args = new LinkedHashMap<>();
        build.args().forEach((name, text) -> args.put(name, literal(run.text(service.name(), text))));
        json.put("args", args);
        return json;
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service.env().forEach((name, text) -> environment.put(name, literal(run.text(service.name(), text))));
        service.ports()
                .values()
                .forEach(port -> port.env()
                        .ifPresent(name -> environment.put(
                                name, Integer.toString(port.container().orElseThrow()))));
        if (OwnClock.wanted(service)) {
            environment.putAll(OwnClock.variablesInside());
        }
        return environment;
    }

    private static void limits(Limits limits, Map<String, Object> json) {
        limits.memory().ifPresent(bytes -> json.put("mem_limit", bytes));
        limits.processes().ifPresent(count -> json.put("pids_limit", count));
        Map<String, Object> ulimits = new LinkedHashMap<>();
        limits.openFiles().ifPresent(count -> ulimits.put("nofile", count));
        limits.fileSize().ifPresent(bytes -> ulimits.put("fsize", bytes));
        if (!ulimits.isEmpty()) {
            json.put("ulimits", ulimits);
        }
    }

    private String builtName(Service service) {
        String plan = run.plan().plan().name() + "-" + service.name();
        return "verdict-built/"
                + plan.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }

    /// Keeps Compose from filling in what was filled in already.
    private static String literal(String text) {
        return text.replace("$", "$$");
    }

    private static List<String> literals(List<String> texts) {
        return texts.stream().map(ComposeOverride::literal).toList();
    }
}
