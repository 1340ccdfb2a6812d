package dev.verdict.environment;

import dev.verdict.environment.docker.ContainerAudit;
import dev.verdict.environment.docker.ContainerChange;
import dev.verdict.environment.docker.ContainerOutput;
import dev.verdict.environment.docker.ContainerSampler;
import dev.verdict.environment.docker.ContainerWatch;
import dev.verdict.environment.docker.Engine;
import dev.verdict.environment.docker.EngineAddress;
import dev.verdict.environment.docker.Labels;
import dev.verdict.environment.docker.ProjectRemoval;
import dev.verdict.environment.docker.WatchedContainer;
import dev.verdict.journal.Event;
import dev.verdict.plan.ComposeService;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds the run's services in containers: Compose creates and removes them, and their engine is
/// asked and watched for everything else.
final class ContainerSystem {
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Surroundings run;
    private final Tools tools;
    private final ComposeProject project;
    private final List<Map<String, String>> owned;
    private final Map<String, ContainerService> services = new LinkedHashMap<>();
    private volatile @Nullable ContainerWatch watch;
    private @Nullable ContainerSampler sampler;
    private @Nullable OrphanAudit audit;
    private volatile boolean comingUp;
    private volatile CompletableFuture<?> allStarted = CompletableFuture.completedFuture(null);

    /// Is what containers need of this machine.
    ///
    /// @param connecting ends when the engine has answered, or is found not to: meanwhile all else
    ///     can be made ready
    record Tools(ComposeTool compose, EngineAddress address, FutureTask<Engine> connecting) {
        /// Finds the command, and begins to look for the engine.
        ///
        /// @throws EnvironmentException if there is no command, or the engine is elsewhere
        static Tools find() {
            try {
                ComposeTool compose = ComposeTool.find();
                EngineAddress address = EngineAddress.find(System.getenv());
                if (!address.local()) {
                    throw new EnvironmentException(
                            "the Docker engine at %s is on another machine: Verdict needs one on this machine"
                                    .formatted(address.host()));
                }
                FutureTask<Engine> connecting = new FutureTask<>(() -> Engine.connect(address));
                Thread.ofVirtual().name("docker-connect").start(connecting);
                return new Tools(compose, address, connecting);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EnvironmentException("interrupted while looking for Docker Compose", e);
            }
        }

        /// Returns the engine once it has answered.
        ///
        /// @throws EnvironmentException if it is missing, not permitted or too old
        Engine engine() throws InterruptedException {
            try {
                return connecting.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof EnvironmentException why) {
                    throw why;
                }
                throw new IllegalStateException("cannot connect to the Docker engine", e);
            }
        }

        void close() {
            // One that did not answer, or no longer need, closes itself.
            if (!connecting.cancel(true) && connecting.state() == Future.State.SUCCESS) {
                connecting.resultNow().close();
            }
        }
    }

    ContainerSystem(Surroundings run, Tools tools, List<Service> contained) {
        this.run = run;
        this.tools = tools;
        this.project = new ComposeProject(run, tools, contained);
        this.owned =
                List.of(Map.of(Labels.MARK, run.processes().mark().nonce()), Map.of(Labels.PROJECT, project.name()));
        for (Service service : contained) {
            services.put(service.name(), new ContainerService(service, run, this));
        }
    }

    /// Returns the engine, which has answered: services ask nothing of it before.
    Engine engine() {
        return tools.connecting().resultNow();
    }

    ContainerService service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /// Begins to bring the containers up; does not wait for them.
    ///
    /// @param orphans is told where else to look
    /// @return whether they can be brought up; if not, why was journaled
    boolean open(OrphanAudit orphans) throws InterruptedException {
        comingUp = true;
        project.read();
        if (project.unusable().isPresent()) {
            run.journal().emit(new Event.EnvironmentFailed(project.unusable().get()));
            services.values()
                    .forEach(service -> service.cannotStart(project.unusable().get()));
            return false;
        }
        services.values().forEach(service -> {
            Optional<ComposeService> found = found(service.service().name());
            service.expectContainers(found.map(ComposeService::replicas).orElse(1));
            found.ifPresent(service::leaveToEngine);
        });
        allStarted = CompletableFuture.allOf(
                services.values().stream().map(ContainerService::started).toArray(CompletableFuture<?>[]::new));
        Engine engine = tools.engine();
        ContainerAudit.Before before = ContainerAudit.look(engine, owned);
        run.ledger().append(LedgerEntry.EngineAnnounced.of(engine.address(), project.name(), before));
        ContainerWatch opened = ContainerWatch.open(
                engine,
                Map.of(Labels.MARK, run.processes().mark().nonce()),
                name -> {
                    ContainerService service = services.get(name);
                    return service == null ? ContainerOutput.NONE : service.log();
                },
                new Told());
        watch = opened;
        orphans.alsoIn(new ContainerAudit(engine, owned, before), opened::volumes);
        audit = orphans;
        ContainerSampler sampling = new ContainerSampler(engine, opened::containers, run.journal());
        sampler = sampling;
        sampling.start();
        project.begin();
        return true;
    }

    /// Completes when the containers of every service run for the first time.
    CompletableFuture<?> allStarted() {
        return allStarted;
    }

    /// Notes that every service is ready or has failed.
    void cameUp() {
        comingUp = false;
    }

    boolean comingUp() {
        return comingUp;
    }

    private final class Told implements ContainerWatch.Listener {
        @Override
        public void changed(WatchedContainer container, ContainerChange change) {
            ContainerService service = services.get(container.service());
            if (service != null) {
                service.changed(container, change);
            }
        }

        @Override
        public void lost(String reason) {
            run.journal().emit(new Event.EnvironmentFailed(reason));
        }
    }

    /// Asks for a service's first start.
    CompletableFuture<?> up(String service) {
        return project.up(service);
    }

    /// Ends a start that waits for a service which failed.
    void abort(String why) {
        project.abort(why);
    }

    List<WatchedContainer> containers(String service) {
        ContainerWatch opened = watch;
        return opened == null ? List.of() : opened.of(service);
    }

    private Optional<ComposeService> found(String service) {
        return project.file().map(file -> file.services().get(service));
    }

    /// Tells whether the engine starts it again when it ends by itself.
    boolean restarts(String service) {
        return found(service).map(ComposeService::restarts).orElse(false);
    }

    /// Tells whether its ports can be reached from this machine.
    boolean publishes(String service) {
        return found(service)
                .map(found -> found.network().equals("host") || found.publishes())
                .orElse(true);
    }

    /// Returns what is started, for people.
    List<String> words(Service service) {
        return switch (service.runs()) {
            case Runs.Container(Runs.Source.Image(var name), var command, var _, var _, var _) -> {
                List<String> words = new ArrayList<>(List.of("container", run.text(service.name(), name)));
                words.addAll(run.texts(service.name(), command));
                yield words.stream().map(run.redactor()::redact).toList();
            }
            case Runs.Container _ -> List.of("container", service.name());
            case Runs.FromCompose(var compose, var _) ->
                List.of("compose", String.join(" ", compose.files()), service.name());
            case Runs.LocalProcess _, Runs.Existing _ -> List.of();
        };
    }

    /// Reports a process that a service had forgotten when it was stopped.
    void forgotten(String service, ProcessId process, String command) {
        if (audit != null) {
            audit.endedWith(service, process, command);
        }
    }

    /// Waits until an engine that went away in the middle of the run is back.
    ///
    /// @throws EnvironmentException if it stays away: what the run created there is still there
    void awaitEngine() throws InterruptedException {
        ContainerWatch opened = watch;
        if (opened != null && !opened.awaitEngine(BACK)) {
            throw new EnvironmentException(
                    "the Docker engine at %s is still away after %d s: what the run created there is left to `verdict recover`"
                            .formatted(tools.address().host(), BACK.toSeconds()));
        }
    }

    /// Looks again where the ports of a container are reached: it was taken to other networks.
    void moved(String container) throws InterruptedException {
        ContainerWatch opened = watch;
        Optional<ContainerService> service = opened == null
                ? Optional.empty()
                : opened.containers().stream()
                        .filter(each -> each.id().equals(container))
                        .findFirst()
                        .map(each -> services.get(each.service()));
        if (service.isPresent()) {
            engine().containers().find(container).ifPresent(service.get()::published);
        }
    }

    /// Removes the containers with their networks and volumes.
    void down() throws InterruptedException {
        if (sampler != null) {
            sampler.close();
        }
        boolean cut = project.end();
        ContainerWatch opened = watch;
        if (opened != null) {
            opened.drain(DRAIN);
            new ProjectRemoval(engine(), project.name()).remove(cut);
        }
    }

    void close() {
        ContainerWatch opened = watch;
        if (opened != null) {
            opened.close();
        }
        tools.close();
    }

    /// Returns the names of the services that Compose can start at once: those of its own file, and
    /// containers that need nobody.
    static Set<String> first(List<Service> contained) {
        return contained.stream()
                .filter(service -> service.runs() instanceof Runs.FromCompose
                        || service.needs().isEmpty())
                .map(Service::name)
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
