package dev.verdict.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Checks what one value cannot know alone: that names exist, are unique, and do not run in
/// circles.
final class Checks {
    private static final String SERVICES = "system.services";

    private final PlanKeys.Draft plan;
    private final Reading reading;

    private Checks(PlanKeys.Draft plan, Reading reading) {
        this.plan = plan;
        this.reading = reading;
    }

    static void all(PlanKeys.Draft plan, Reading reading) {
        Checks checks = new Checks(plan, reading);
        plan.services().values().forEach(checks::service);
        checks.cycles();
        checks.fixedPorts();
        checks.handedNames();
        reading.texts().forEach(checks::references);
        checks.names();
    }

    private static String path(String service, String rest) {
        return Paths.child(Paths.child(SERVICES, service), rest);
    }

    private void service(Service service) {
        needs(service);
        variables(service);
        switch (service.runs()) {
            case Runs.LocalProcess process -> {
                directory(service.name(), process);
                program(service.name(), process);
            }
            case Runs.FromCompose _ -> onlyOfTheFile(service);
            case Runs.Container _, Runs.Existing _ -> {}
        }
    }

    private void program(String service, Runs.LocalProcess process) {
        if (!process.command().isEmpty()
                && process.command().getFirst().source().isEmpty()) {
            reading.problem(path(service, "command[0]"), "command: the program's name is empty");
        }
    }

    /// The Compose file's services start together, before any other: they can wait for none.
    private void onlyOfTheFile(Service service) {
        for (int index = 0; index < service.needs().size(); index++) {
            Service needed = plan.services().get(service.needs().get(index));
            if (needed != null && !(needed.runs() instanceof Runs.FromCompose)) {
                reading.problem(
                        path(service.name(), Paths.item("needs", index)),
                        "needs: a service of the Compose file can only need others of that file");
            }
        }
    }

    private void needs(Service service) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < service.needs().size(); index++) {
            String needed = service.needs().get(index);
            String path = path(service.name(), Paths.item("needs", index));
            if (needed.equals(service.name())) {
                reading.problem(path, "needs: a service cannot need itself");
            } else if (!plan.services().containsKey(needed)) {
                reading.problem(path, "needs: " + unknownService(needed));
            } else if (!seen.add(needed)) {
                reading.problem(path, "needs: '" + needed + "' stands twice");
            }
        }
    }

    private String unknownService(String name) {
        Set<String> known = plan.services().keySet();
        return "unknown service '" + Wording.shorten(name) + "'; the plan has " + Wording.list(known)
                + Nearest.hint(name, known);
    }

    private void variables(Service service) {
        Map<String, String> taken = new HashMap<>();
        for (Port port : service.ports().values()) {
            port.env().ifPresent(name -> {
                String path = path(service.name(), "ports." + port.name() + ".env");
                String other = taken.putIfAbsent(name, port.name());
                if (other != null) {
                    reading.problem(path, "env: the port '" + other + "' is handed over as " + name + " already");
                } else if (service.env().containsKey(name)) {
                    reading.problem(path, "env: " + name + " stands also under the service's own env");
                }
            });
        }
    }

    private void directory(String service, Runs.LocalProcess process) {
        Optional<Text> directory =
                process.directory().filter(text -> text.references().isEmpty());
        if (directory.isEmpty()) {
            return;
        }
        String path = path(service, "directory");
        try {
            reading.exists(directory.get().resolve(Text.Reference::toString), true);
        } catch (Refusal refusal) {
            reading.problem(path, "directory: " + refusal.why());
        }
    }

    /// Reports each circle once, where its first service in the plan names the next.
    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String service : plan.services().keySet()) {
            visit(service, new LinkedHashSet<>(), done);
        }
    }

    private void visit(String name, Set<String> trail, Set<String> done) {
        Service service = plan.services().get(name);
        if (service == null || done.contains(name)) {
            return;
        }
        trail.add(name);
        for (String needed : service.needs()) {
            if (trail.contains(needed)) {
                circle(trail, needed);
            } else {
                visit(needed, trail, done);
            }
        }
        trail.remove(name);
        done.add(name);
    }

    private void circle(Set<String> trail, String again) {
        List<String> circle = new ArrayList<>(trail);
        circle = circle.subList(circle.indexOf(again), circle.size());
        if (circle.size() == 1) {
            return; // told by needs()
        }
        Service first = plan.services().get(again);
        String path = path(
                again, Paths.item("needs", first == null ? 0 : first.needs().indexOf(circle.get(1))));
        reading.problem(
                path,
                "needs: " + String.join(" → ", circle) + " → " + again + " is a circle; none of these can start first");
    }

    private void fixedPorts() {
        Map<Integer, String> taken = new HashMap<>();
        for (Service service : plan.services().values()) {
            fixedPorts(service, service.ownNetwork() ? new HashMap<>() : taken);
        }
    }

    /// @param taken in the service's network, by whom
    private void fixedPorts(Service service, Map<Integer, String> taken) {
        service.ports()
                .values()
                .forEach(port -> port.fixed().ifPresent(number -> {
                    String name = service.name() + "." + port.name();
                    String other = taken.putIfAbsent(number, name);
                    String path = path(service.name(), "ports." + port.name() + ".fixed");
                    if (other != null && !reading.isBroken(path)) {
                        reading.problem(path, "fixed: " + number + " is taken by " + other + " already");
                    }
                }));
    }

    /// Finds ports that commands would get under one name, as `VERDICT_A_B_HTTP_URL`.
    private void handedNames() {
        Map<String, String> taken = new HashMap<>();
        plan.services()
                .values()
                .forEach(service -> service.ports().keySet().forEach(port -> {
                    String name = (service.name() + "_" + port)
                            .toUpperCase(Locale.ROOT)
                            .replace('-', '_');
                    String other = taken.putIfAbsent(name, service.name() + "." + port);
                    if (other != null) {
                        reading.problem(
                                path(service.name(), "ports." + port),
                                "ports: " + service.name() + "." + port + " and " + other
                                        + " would both be handed over as VERDICT_" + name
                                        + "_URL; call one differently");
                    }
                }));
    }

    private void references(String path, Text text) {
        if (path.startsWith(PlanKeys.ENVIRONMENTS.name() + ".")) {
            return; // its services are not those that were chosen
        }
        for (Text.Reference reference : text.references()) {
            if (reference instanceof Text.Fact(String name) && ArtifactKeys.names(name)) {
                ArtifactKeys.wrong(name, plan.artifacts().keySet())
                        .ifPresent(why -> reading.problem(path, Paths.name(path) + ": '${" + name + "}': " + why));
            }
            if (reference instanceof Text.Address address) {
                wrong(address)
                        .or(() -> outOfReach(path, address))
                        .ifPresent(why -> reading.problem(
                                path, Paths.name(path) + ": '" + new Text(List.of(address)).source() + "': " + why));
            }
        }
    }

    private Optional<String> wrong(Text.Address address) {
        Service service = plan.services().get(address.service());
        if (service == null) {
            return Optional.of(unknownService(address.service()));
        }
        Set<String> ports = service.ports().keySet();
        if (!ports.contains(address.port())) {
            return Optional.of("the service '" + service.name() + "' has no port '" + address.port() + "'; it has "
                    + Wording.list(ports) + Nearest.hint(address.port(), ports));
        }
        if (!Scope.FIELDS.contains(address.field())) {
            return Optional.of("'" + address.field() + "' is nothing that a port has; allowed are "
                    + Wording.list(Scope.FIELDS) + Nearest.hint(address.field(), Scope.FIELDS));
        }
        return Optional.empty();
    }

    /// Finds an address that a service in a container, or in a network of its own, cannot reach.
    private Optional<String> outOfReach(String path, Text.Address address) {
        Service named = plan.services().get(address.service());
        if (named != null && !named.runs().contained() && inContainer(path)) {
            return Optional.of(named.name() + " is not reached from inside a container, since it listens on this"
                    + " machine's loopback interface; only other containers of the plan are");
        }
        boolean reachable = named == null || named.ownNetwork();
        return plan.services().values().stream()
                .filter(service -> !reachable && service.ownNetwork())
                .filter(service -> path.startsWith(path(service.name(), "")))
                .findFirst()
                .map(service ->
                        "%s has a network of its own, from which it does not reach %s; give that one 'network: own'"
                                .formatted(service.name(), address.service()));
    }

    private boolean inContainer(String path) {
        return plan.services().values().stream()
                .anyMatch(service ->
                        service.runs() instanceof Runs.Container && path.startsWith(path(service.name(), "")));
    }

    private void names() {
        Map<String, String> phases = new HashMap<>();
        Map<String, String> suites = new HashMap<>();
        for (int phase = 0; phase < plan.phases().size(); phase++) {
            String path = Paths.item("phases", phase);
            unique("phase", plan.phases().get(phase).name(), path + ".name", phases);
            List<Suite> inside = plan.phases().get(phase).suites();
            for (int suite = 0; suite < inside.size(); suite++) {
                String place = Paths.item(path + ".suites", suite);
                unique("suite", inside.get(suite).name(), place + ".name", suites);
                new FaultChecks(plan.services(), reading).suite(inside.get(suite), place);
            }
        }
    }

    private void unique(String what, String name, String path, Map<String, String> seen) {
        if (reading.isBroken(path)) {
            return;
        }
        String other = seen.putIfAbsent(name, path);
        if (other != null) {
            reading.problem(
                    path,
                    "name: a " + what + " is called '" + Wording.shorten(name) + "' already, in line "
                            + reading.line(other));
        }
    }
}
