package dev.verdict.environment;

import dev.verdict.journal.Event;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Takes a run's services down: all of it, whatever fails on the way, each failure told apart.
final class Teardown {
    /// Is what services are stopped for here.
    static final String REASON = "teardown";

    private final Surroundings run;
    private final Map<String, Body> services = new LinkedHashMap<>();
    private final Sampler sampler;
    private final OrphanAudit audit;
    private final List<String> leftDisks = new ArrayList<>();
    private final Map<String, List<Proc>> left = new ConcurrentHashMap<>();
    private final @Nullable ContainerSystem containers;
    private boolean clean;

    Teardown(
            Surroundings run,
            Collection<Body> services,
            Sampler sampler,
            OrphanAudit audit,
            @Nullable ContainerSystem containers) {
        this.run = run;
        services.forEach(service -> this.services.put(service.service().name(), service));
        this.sampler = sampler;
        this.audit = audit;
        this.containers = containers;
    }

    void run() {
        attempt("the sampler", sampler::stop);
        if (containers != null) {
            attempt("waiting for the container engine", containers::awaitEngine);
        }
        attempt("stopping the services", this::stopAll);
        if (containers != null) {
            attempt("taking the containers down", containers::down);
        }
        attempt("the services' own disks", () -> leftDisks.addAll(run.disks().remove()));
        attempt("the audit for orphans", () -> clean = audit.audit(left));
        if (containers != null) {
            attempt("the containers' engine", containers::close);
        }
        services.forEach((name, service) -> attempt("the log of " + name, service::close));
        attempt("the services' own networks", this::removeNetworks);
        attempt("the ledger", this::release);
    }

    private void removeNetworks() {
        for (String problem : run.networks().remove()) {
            clean = false;
            run.journal().emit(new Event.HarnessFailed("environment", "a network is left: " + problem));
        }
    }

    private void release() {
        for (String disk : leftDisks) {
            clean = false;
            run.journal().emit(new Event.HarnessFailed("environment", "a disk is left: " + disk));
        }
        if (clean) {
            run.ledger().append(new LedgerEntry.RunReleased(Instant.now()));
        } else {
            run.journal()
                    .emit(new Event.HarnessFailed(
                            "environment", "not everything could be removed: `verdict recover` tries again"));
        }
        run.ledger().close();
    }

    /// Stops each service once those who need it have stopped; those that do not need each other,
    /// side by side.
    private void stopAll() throws InterruptedException {
        Map<String, CountDownLatch> stopped = new LinkedHashMap<>();
        services.keySet().forEach(name -> stopped.put(name, new CountDownLatch(1)));
        List<Thread> threads = services.values().stream()
                .map(service -> Thread.ofVirtual().start(() -> stop(service, stopped)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void stop(Body service, Map<String, CountDownLatch> stopped) {
        String name = service.service().name();
        attempt("stopping " + name, () -> {
            for (Body other : services.values()) {
                if (other.service().needs().contains(name)) {
                    stopped.getOrDefault(other.service().name(), new CountDownLatch(0))
                            .await();
                }
            }
            left.put(name, service.stop(REASON));
        });
        stopped.getOrDefault(name, new CountDownLatch(0)).countDown();
    }

    private void attempt(String what, Step step) {
        try {
            step.run();
        } catch (InterruptedException | IOException | RuntimeException e) {
            run.journal().emit(new Event.HarnessFailed("environment", "%s failed: %s".formatted(what, e)));
        }
    }

    private interface Step {
        void run() throws InterruptedException, IOException;
    }
}
