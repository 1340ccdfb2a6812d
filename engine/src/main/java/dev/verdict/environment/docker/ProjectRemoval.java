package dev.verdict.environment.docker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Takes a Compose project away as `down --volumes --remove-orphans` does: its containers with
/// their anonymous volumes, then its networks and its named volumes. What the project only uses, as
/// an external network, does not carry its label and stays, and so do images.
///
/// Compose itself would do the same one after another, and takes longer to start than this takes.
public final class ProjectRemoval {
    /// What a killed command asked the engine for appears a little later.
    private static final Duration QUIET = Duration.ofMillis(1500);

    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int MAX_LOOKS = 300;

    private final Engine engine;
    private final Map<String, String> project;

    public ProjectRemoval(Engine engine, String project) {
        this.engine = engine;
        this.project = Map.of(Labels.PROJECT, project);
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    /// Removes everything.
    ///
    /// @param cut whether a command that created something was killed: then it is over only when
    ///     nothing new appears for a while
    /// @throws EngineException with all that could not be removed
    public void remove(boolean cut) throws InterruptedException {
        long quietSince = System.nanoTime();
        boolean found = removeWhatIsThere();
        for (int look = 0; cut && look < MAX_LOOKS && System.nanoTime() - quietSince < QUIET.toNanos(); look++) {
            if (found) {
                quietSince = System.nanoTime();
            }
            Thread.sleep(EVERY);
            found = removeWhatIsThere();
        }
    }

    private boolean removeWhatIsThere() throws InterruptedException {
        List<Step> containers = new ArrayList<>();
        engine.containers()
                .list(project)
                .forEach(container -> containers.add(() -> engine.containers().remove(container.id(), true)));
        all(containers);
        List<Step> others = new ArrayList<>();
        engine.networks()
                .list(project)
                .forEach(network -> others.add(() -> engine.networks().remove(network.id())));
        engine.volumes()
                .list(project)
                .forEach(volume -> others.add(() -> engine.volumes().remove(volume.name())));
        all(others);
        return !containers.isEmpty() || !others.isEmpty();
    }

    /// Takes the steps side by side, all of them whatever fails.
    private static void all(List<Step> steps) throws InterruptedException {
        Queue<String> problems = new ConcurrentLinkedQueue<>();
        List<Thread> threads = steps.stream()
                .map(step -> Thread.ofVirtual().name("removal").start(() -> {
                    try {
                        step.run();
                    } catch (EngineException e) {
                        problems.add(String.valueOf(e.getMessage()));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        problems.add("interrupted");
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        if (!problems.isEmpty()) {
            throw new EngineException(EngineException.Kind.REFUSED, String.join("; ", problems));
        }
    }
}
