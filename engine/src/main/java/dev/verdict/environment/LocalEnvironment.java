package dev.verdict.environment;

import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.Redactor;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.ResolvedPlan;
import dev.verdict.plan.Runs;
import dev.verdict.plan.Service;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Runs every service: as a process of this machine, in containers of its engine, or as what is
/// there already.
public final class LocalEnvironment implements Environment {
    private final Surroundings run;
    private final Map<String, Body> services = new LinkedHashMap<>();
    private final Sampler sampler;
    private final List<Thread> starting = new ArrayList<>();
    private final @Nullable ContainerSystem containers;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile OrphanAudit audit;

    /// Assigns the ports and opens the ledger; starts nothing.
    ///
    /// @param references is asked when a service starts, never before [#up]
    /// @throws EnvironmentException if a fixed port is in use; the message names who has it
    public LocalEnvironment(
            ResolvedPlan plan, RunFolder folder, Journal journal, Redactor redactor, ReferenceResolver references) {
        List<Service> contained = plan.plan().services().values().stream()
                .filter(service -> service.runs().contained())
                .toList();
        ContainerSystem.Tools tools = contained.isEmpty() ? null : ContainerSystem.Tools.find();
        // Not from the run's seed: two runs of one plan side by side must differ.
        SecureRandom random = new SecureRandom();
        ProcessTable table = ProcessTable.here();
        Map<String, Map<String, Integer>> ports =
                new Ports(random, table).assign(plan.plan().services().values());
        Mark mark = Mark.of(folder.id(), random);
        Namespaces networks = Namespaces.plan(
                plan.plan().services().values().stream()
                        .filter(Service::ownNetwork)
                        .map(Service::name)
                        .toList(),
                random);
        SmallDisks.check(plan.plan().services().values());
        OwnClock.check(plan.plan().services().values());
        Ledger ledger = Ledger.open(folder.ledger());
        run = new Surroundings(
                plan,
                folder,
                journal,
                redactor,
                references,
                ledger,
                new Processes(table, mark),
                new PortNumbers(ports),
                networks,
                new SmallDisks());
        ledger.append(new LedgerEntry.RunOwned(Owner.self(table), mark, Instant.now()));
        ledger.append(new LedgerEntry.PortsAssigned(flat(ports)));
        containers = tools == null ? null : new ContainerSystem(run, tools, contained);
        makeNetworks(ledger);
        for (Service service : plan.plan().services().values()) {
            services.put(service.name(), body(service));
        }
        sampler = new Sampler(
                run.processes(),
                journal,
                services.values().stream()
                        .filter(LocalService.class::isInstance)
                        .map(LocalService.class::cast)
                        .toList());
        audit = new OrphanAudit(run, List.of());
    }

    private void makeNetworks(Ledger ledger) {
        try {
            run.networks().create(ledger);
        } catch (EnvironmentException e) {
            // Nobody will close an environment that never was.
            if (run.networks().remove().isEmpty()) {
                ledger.append(new LedgerEntry.RunReleased(Instant.now()));
            }
            ledger.close();
            throw e;
        }
    }

    private Body body(Service service) {
        return switch (service.runs()) {
            case Runs.LocalProcess _ -> new LocalService(service, run);
            case Runs.Existing _ -> new ExistingService(service, run);
            case Runs.Container _, Runs.FromCompose _ ->
                Objects.requireNonNull(containers).service(service.name());
        };
    }

    private static Map<String, Integer> flat(Map<String, Map<String, Integer>> ports) {
        Map<String, Integer> flat = new HashMap<>();
        ports.forEach((service, numbers) -> numbers.forEach((port, number) -> flat.put(service + "." + port, number)));
        return flat;
    }

    @Override
    public Map<String, String> marks() {
        return run.processes().mark().variables("");
    }

    @Override
    public void up() throws InterruptedException {
        List<LedgerEntry.WritesDeclared> writes = DeclaredWrites.look(run);
        writes.forEach(run.ledger()::append);
        audit = new OrphanAudit(run, writes);
        run.disks().mount(run);
        sampler.start();
        if (containers != null && !containers.open(audit)) {
            return; // nothing can come up without them: nothing else is started either
        }
        Map<String, CompletableFuture<Boolean>> came = new ConcurrentHashMap<>();
        services.keySet().forEach(name -> came.put(name, new CompletableFuture<>()));
        synchronized (starting) {
            services.values()
                    .forEach(service -> starting.add(Thread.ofVirtual()
                            .name("start-" + service.service().name())
                            .start(() -> bring(service, came))));
        }
        try {
            for (Thread thread : List.copyOf(starting)) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interruptStarts();
            throw e;
        }
        if (containers != null) {
            containers.cameUp();
        }
        if (closing.get()) {
            throw new InterruptedException("the environment is being taken down");
        }
    }

    /// Starts one service after those it needs.
    private void bring(Body local, Map<String, CompletableFuture<Boolean>> came) {
        Service service = local.service();
        CompletableFuture<Boolean> mine = of(came, service.name());
        try {
            for (String need : needs(service)) {
                if (!of(came, need).get()) {
                    local.fail("needs %s, which failed".formatted(need), "", OptionalInt.empty());
                    return;
                }
            }
            local.start();
            mine.complete(true);
        } catch (EnvironmentException e) {
            // Journaled where it happened; those who need this service see it below.
            mine.complete(false);
        } catch (InterruptedException e) {
            mine.complete(false);
        } catch (ExecutionException | RuntimeException e) {
            run.journal().emit(new Event.HarnessFailed("environment", service.name() + ": " + e));
            local.fail("Verdict itself failed: " + e, "", OptionalInt.empty());
        } finally {
            mine.complete(false);
        }
    }

    /// Returns what a service's start waits for; Compose itself orders the starts of its file.
    private static List<String> needs(Service service) {
        return service.runs() instanceof Runs.FromCompose ? List.of() : service.needs();
    }

    private static CompletableFuture<Boolean> of(Map<String, CompletableFuture<Boolean>> came, String name) {
        CompletableFuture<Boolean> future = came.get(name);
        if (future == null) {
            throw new EnvironmentException("there is no service %s in the plan".formatted(name));
        }
        return future;
    }

    private void interruptStarts() {
        synchronized (starting) {
            starting.forEach(Thread::interrupt);
        }
        services.values().forEach(Body::refuseStarts);
    }

    @Override
    public Endpoint endpoint(String service, String port) {
        return run.endpoint(service, port);
    }

    @Override
    public void moved(String container) throws InterruptedException {
        if (containers != null) {
            containers.moved(container);
        }
    }

    @Override
    public Optional<Net> net(String service) {
        if (!(local(service) instanceof ContainerService container)) {
            return run.networks().net(service);
        }
        try {
            return container.net();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while looking for the network of " + service, e);
        }
    }

    @Override
    public State state(String service) {
        return local(service).state();
    }

    @Override
    public int restarts(String service) {
        return Math.max(0, local(service).starts() - 1);
    }

    @Override
    public Path log(String service) {
        local(service);
        return run.folder().log(service);
    }

    @Override
    public void stop(String service, String reason) throws InterruptedException {
        List<Proc> left = local(service).stop(reason);
        if (!left.isEmpty()) {
            audit.leftBy(service, left);
        }
    }

    @Override
    public void signal(String service, String signal, String reason) throws InterruptedException {
        local(service).signal(signal, reason);
    }

    @Override
    public void pause(String service, String reason) throws InterruptedException {
        local(service).pause(reason);
    }

    @Override
    public void resume(String service, String reason) throws InterruptedException {
        local(service).resume(reason);
    }

    @Override
    public void expect(String service, String signal, String reason) {
        local(service).expect(signal, reason);
    }

    @Override
    public List<Path> writes(String service) {
        return DeclaredWrites.of(local(service).service(), run);
    }

    @Override
    public List<Path> writesInside(String service) {
        return DeclaredWrites.inside(local(service).service(), run);
    }

    @Override
    public Levers levers(String service) {
        boolean clock = OwnClock.wanted(local(service).service());
        return new Levers(run.disks().of(service), clock ? Optional.of(OwnClock.file(run, service)) : Optional.empty());
    }

    @Override
    public Place place(String service) {
        return local(service).place();
    }

    @Override
    public Duration start(String service, String reason) throws InterruptedException {
        Body local = local(service);
        List<Proc> left = local.leftovers();
        if (!left.isEmpty()) {
            // What an ended process left behind may hold its port.
            audit.leftBy(service, left);
        }
        try {
            return local.start();
        } catch (EnvironmentException e) {
            throw new EnvironmentException("%s (started for %s)".formatted(e.getMessage(), reason), e);
        }
    }

    private Body local(String name) {
        Body service = services.get(name);
        if (service == null) {
            throw new EnvironmentException("there is no service %s in the plan".formatted(name));
        }
        return service;
    }

    /// Ends everything, also if some of it fails, and also if the calling thread is interrupted.
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            interruptStarts();
            // A thread of its own: nobody interrupts it.
            Thread.ofVirtual().name("teardown").start(() -> {
                try {
                    new Teardown(run, services.values(), sampler, audit, containers).run();
                } finally {
                    closed.complete(null);
                }
            });
        }
        closed.join();
    }
}
