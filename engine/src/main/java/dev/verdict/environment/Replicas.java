package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerRecord;
import dev.verdict.environment.docker.ContainerState;
import dev.verdict.environment.docker.WatchedContainer;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Acts on the containers of one service together.
record Replicas(String service, Journal journal, ContainerSystem system) {
    List<WatchedContainer> all() {
        return system.containers(service);
    }

    List<WatchedContainer> running() {
        return all().stream().filter(container -> container.state().running()).toList();
    }

    /// Returns those that run.
    ///
    /// @throws EnvironmentException if none does; `otherwise` says what cannot be done then
    List<WatchedContainer> running(String otherwise) {
        List<WatchedContainer> running = running();
        if (running.isEmpty()) {
            throw new EnvironmentException("service %s does not run, so it %s".formatted(service, otherwise));
        }
        return running;
    }

    Place place() {
        List<WatchedContainer> running = running("has no place");
        WatchedContainer first = running.getFirst();
        return new Place.Container(
                first.id(),
                first.pid().orElse(0),
                running.size(),
                first.record().map(ContainerRecord::mounts).orElse(Map.of()));
    }

    /// Returns the network of the only one that runs; empty if none or several do, or if it has no
    /// network of its own.
    Optional<Net> net() throws InterruptedException {
        List<WatchedContainer> running = running();
        return running.size() != 1
                ? Optional.empty()
                : system.engine().containers().find(running.getFirst().id()).flatMap(Replicas::net);
    }

    private static Optional<Net> net(ContainerRecord found) {
        return found.namespace()
                .map(file -> new Net(
                        Path.of(file),
                        found.networks().values().stream()
                                .filter(address -> !address.isEmpty())
                                .collect(Collectors.toSet())));
    }

    void signal(String name, String reason) throws InterruptedException {
        String signal = Signals.normal(name);
        List<WatchedContainer> running = running("cannot be sent " + signal);
        if (Signals.ends(signal)) {
            journal.emit(new Event.ServiceStopping(service, reason));
        }
        for (WatchedContainer container : running) {
            container.signal(signal, Signals.number(signal));
        }
    }

    void pause(String reason) throws InterruptedException {
        List<WatchedContainer> loose = running("cannot be paused").stream()
                .filter(container -> !isPaused(container))
                .toList();
        if (!loose.isEmpty()) {
            journal.emit(new Event.ServicePaused(service, reason));
        }
        for (WatchedContainer container : loose) {
            container.pause();
        }
    }

    void resume(String reason) throws InterruptedException {
        List<WatchedContainer> held = all().stream().filter(Replicas::isPaused).toList();
        for (WatchedContainer container : held) {
            container.resume();
        }
        if (!held.isEmpty()) {
            journal.emit(new Event.ServiceResumed(service, reason));
        }
    }

    private static boolean isPaused(WatchedContainer container) {
        return container.state().phase() == ContainerState.Phase.PAUSED;
    }
}
