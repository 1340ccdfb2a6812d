package dev.verdict.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Puts the services of a system together: those of the plan, of its Compose file, and those that
/// run already.
record SystemDraft(Section section) {
    /// Stands for what only the run knows, as an address.
    static final String UNKNOWN = "unknown";

    Map<String, Service> services() {
        Optional<Compose> compose = section.optional(PlanKeys.COMPOSE);
        Map<String, ComposeService> found = compose.map(this::found).orElse(Map.of());
        Map<String, Service> services = new LinkedHashMap<>();
        section.get(PlanKeys.SERVICES)
                .forEach((name, draft) -> services.put(name, service(name, draft, compose, found)));
        compose.ifPresent(
                file -> found.forEach((name, service) -> services.computeIfAbsent(name, _ -> service.service(file))));
        section.get(PlanKeys.EXISTING).forEach((name, ports) -> existing(name, ports, services));
        found.forEach((name, service) -> place(service, services.get(name)));
        if (compose.isPresent() && isRead() && services.isEmpty()) {
            section.reading()
                    .problem(
                            section.path(PlanKeys.COMPOSE),
                            "compose: the file has no service that is switched on; `profiles` switches some on");
        }
        return services;
    }

    /// Notes where the Compose file says what the plan does not, for mistakes that only the whole
    /// plan shows.
    private void place(ComposeService found, @Nullable Service service) {
        if (service == null) {
            return;
        }
        String path = Paths.child(section.path(PlanKeys.SERVICES), found.name());
        Reading reading = section.reading();
        reading.place(path, found.position());
        for (int index = 0; index < service.needs().size(); index++) {
            reading.place(Paths.child(path, Paths.item("needs", index)), found.position());
        }
        service.ports().values().forEach(port -> {
            Position at = found.ports().stream()
                    .filter(published -> port.container().equals(OptionalInt.of(published.container())))
                    .map(ComposeService.Published::position)
                    .findFirst()
                    .orElse(found.position());
            reading.place(Paths.child(path, "ports." + port.name()), at);
            reading.place(Paths.child(path, "ports." + port.name() + ".fixed"), at);
        });
    }

    /// Returns what the Compose file holds; nothing for one that is not looked at: of an
    /// environment that was not chosen, or of a plan that was resolved on another machine.
    private Map<String, ComposeService> found(Compose compose) {
        Reading reading = section.reading();
        if (!isRead()
                || reading.isBroken(section.path(PlanKeys.COMPOSE))
                || compose.files().isEmpty()) {
            return Map.of();
        }
        Map<String, String> given = new LinkedHashMap<>();
        compose.env().forEach((name, text) -> given.put(name, text.resolve(_ -> UNKNOWN)));
        given.put(ComposeFile.PROJECT_NAME, UNKNOWN);
        ComposeFile file = ComposeFile.read(
                reading.folder(), compose, given, reading.scope().environment());
        reading.foreign(file.mistakes());
        if (!file.mistakes().isEmpty()) {
            reading.tellNoMore(section.path(PlanKeys.COMPOSE));
        }
        file.services()
                .forEach((name, service) -> reading.source(
                        Paths.child(section.path(PlanKeys.SERVICES), name),
                        service.position(),
                        compose.files().getFirst() + ":" + service.position().line()));
        return file.services();
    }

    private boolean isRead() {
        return section.reading().here() && section.path().equals(PlanKeys.SYSTEM_KEY.name());
    }

    private Service service(
            String name, ServiceDraft draft, Optional<Compose> compose, Map<String, ComposeService> found) {
        String path = draft.section().path();
        if (draft.complete()) {
            if (found.containsKey(name)) {
                section.reading().problem(path, name + ": stands also in the Compose file; call one differently");
            }
            return draft.alone();
        }
        if (compose.isEmpty()) {
            section.reading()
                    .problem(
                            Paths.child(path, ServiceKeys.COMMAND.name()),
                            section.reading().position(path),
                            "the key 'command' is missing: "
                                    + ServiceKeys.COMMAND.kind().words()
                                    + "; a container has 'image' or 'build' instead");
            return draft.alone();
        }
        if (isRead() && !found.containsKey(name) && !section.reading().isBroken(section.path(PlanKeys.COMPOSE))) {
            section.reading()
                    .problem(
                            path,
                            name
                                    + ": is no service of the Compose file, and has no command, image or build; the file has "
                                    + Wording.list(found.keySet()) + Nearest.hint(name, found.keySet()));
        }
        if (found.containsKey(name)) {
            draft.checkEnv(found.get(name));
        }
        return draft.of(
                compose.get(),
                found.getOrDefault(
                        name, ComposeService.unread(name, section.reading().position(path))));
    }

    private void existing(String name, Map<String, Runs.Location> at, Map<String, Service> services) {
        Map<String, Port> ports = new LinkedHashMap<>();
        at.keySet().forEach(port -> ports.put(port, new Port(port, Optional.empty(), OptionalInt.empty())));
        Service service = new Service(
                name,
                new Runs.Existing(at),
                List.of(),
                ports,
                Map.of(),
                new Readiness.Tcp(List.copyOf(ports.keySet()), ReadyKeys.PROCESS),
                ComposeService.USUAL,
                List.of());
        if (services.putIfAbsent(name, service) != null) {
            section.reading()
                    .problem(
                            Paths.child(section.path(PlanKeys.EXISTING), name),
                            name + ": stands also among the services; call one differently");
        }
    }
}
