package dev.verdict.environment;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Is one life of a service in containers: from the start of the first to the end of any.
final class ContainerLife implements Lived {
    private final int replicas;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<Integer> died = new CompletableFuture<>();
    private final CompletableFuture<Integer> told = new CompletableFuture<>();
    private final Set<Integer> expected = ConcurrentHashMap.newKeySet();
    private final Set<String> running = new HashSet<>();
    private final Map<String, List<String>> checked = new HashMap<>();
    private final Set<String> healthy = new HashSet<>();
    private String lastCheck = "";
    private int news;
    private boolean announced;
    private volatile long startedAt = System.nanoTime();

    ContainerLife(int replicas) {
        this.replicas = replicas;
    }

    /// Notes a container that runs.
    ///
    /// @param healthCheck its command; empty without one
    synchronized void started(String container, List<String> healthCheck) {
        if (running.isEmpty()) {
            startedAt = System.nanoTime();
        }
        running.add(container);
        healthy.remove(container);
        if (!healthCheck.isEmpty()) {
            checked.put(container, healthCheck);
        }
        if (running.size() >= replicas) {
            started.complete(null);
        }
    }

    synchronized void ended(String container) {
        running.remove(container);
        healthy.remove(container);
        tell();
    }

    synchronized void healthy(String container) {
        healthy.add(container);
        tell();
    }

    synchronized void unhealthy(String container, String last) {
        healthy.remove(container);
        lastCheck = last;
        tell();
    }

    /// Waits until something is told of its health or end, if it is not healthy.
    synchronized void awaitNews(Duration limit) throws InterruptedException {
        int seen = news;
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toMillis();
                left > 0 && news == seen && !isHealthy();
                left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private synchronized void tell() {
        news++;
        notifyAll();
    }

    /// Answers whether nobody told of this life yet; true once.
    synchronized boolean announce() {
        boolean first = !announced;
        announced = true;
        return first;
    }

    synchronized boolean isChecked() {
        return !checked.isEmpty();
    }

    synchronized boolean isHealthy() {
        return running.size() >= replicas && healthy.containsAll(checked.keySet());
    }

    /// Returns the health checks of those that run and are not known to be healthy, by container.
    synchronized Map<String, List<String>> unsure() {
        Map<String, List<String>> unsure = new HashMap<>(checked);
        unsure.keySet().retainAll(running);
        unsure.keySet().removeAll(healthy);
        return unsure;
    }

    /// Returns what the last failed health check printed.
    synchronized String lastCheck() {
        return lastCheck;
    }

    /// Completes once every container of the service runs.
    CompletableFuture<Void> started() {
        return started;
    }

    /// Notes that an end by this signal will be Verdict's doing.
    void expect(int signal) {
        expected.add(128 + signal);
    }

    boolean expects(int exitCode) {
        return expected.contains(exitCode);
    }

    boolean alive() {
        return started.isDone() && !died.isDone();
    }

    CompletableFuture<Integer> told() {
        return told;
    }

    @Override
    public Duration age() {
        return started.isDone() ? Duration.ofNanos(System.nanoTime() - startedAt) : Duration.ZERO;
    }

    @Override
    public CompletableFuture<Integer> died() {
        return died;
    }

    @Override
    public boolean endsWithin(Duration limit) throws InterruptedException {
        return waits(died, limit);
    }

    @Override
    public void awaitTold(Duration limit) throws InterruptedException {
        if (!waits(told, limit)) {
            throw new EnvironmentException(
                    "the end of a container is not known after %s".formatted(Durations.show(limit)));
        }
    }

    private static boolean waits(CompletableFuture<Integer> future, Duration limit) throws InterruptedException {
        try {
            future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a container is not known", e);
        }
    }
}
