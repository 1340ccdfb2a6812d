package dev.verdict.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs the user's `@BeforeAll` and `@AfterAll` methods, each kind within the time of a scenario.
final class SuiteHooks {
    private final Lane lane;
    private final RunningScenario.Surroundings surroundings;

    SuiteHooks(Lane lane, RunningScenario.Surroundings surroundings) {
        this.lane = lane;
        this.surroundings = surroundings;
    }

    /// Returns what went wrong, if anything.
    Optional<Throwable> beforeAll() {
        return run("@BeforeAll", lane::beforeAll);
    }

    /// Returns what went wrong, if anything.
    Optional<Throwable> afterAll() {
        return run("@AfterAll", lane::afterAll);
    }

    private Optional<Throwable> run(String name, Runnable hooks) {
        FutureTask<?> task = new FutureTask<>(hooks, null);
        Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
        thread.setContextClassLoader(surroundings.loader());
        thread.start();
        Duration timeout = surroundings.timeout();
        try {
            task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            thread.interrupt();
            return Optional.of(new TimeoutException(name + " took longer than " + timeout.toSeconds() + " s"));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }
}
