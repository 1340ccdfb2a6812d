package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.Environment.State;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.plan.ServiceFault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Kills a service, starts it, and kills it again whenever it was ready for a while.
final class CrashLoop implements Disturbance {
    /// Keeps a service that is never ready from being started again at once.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceFault.CrashLoop fault;
    private final Scene scene;
    private final CountDownLatch halted = new CountDownLatch(1);
    private @Nullable Thread loop;

    CrashLoop(ServiceFault.CrashLoop fault, Scene scene) {
        this.fault = fault;
        this.scene = scene;
    }

    @Override
    public List<UndoStep> undo() {
        return List.of(new Life.Start(scene.service()));
    }

    @Override
    public void act() throws InterruptedException {
        kill();
        loop = Thread.ofVirtual().name("crash loop of " + scene.service()).start(this::loop);
    }

    private void kill() throws InterruptedException {
        scene.environment().signal(scene.service(), "KILL", scene.by());
    }

    private void loop() {
        try {
            while (!halted.await(again() ? fault.alive().toNanos() : PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                if (scene.environment().state(scene.service()) instanceof State.Ready) {
                    kill();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /// Returns whether it came back.
    private boolean again() throws InterruptedException {
        Environment environment = scene.environment();
        try {
            if (!(environment.state(scene.service()) instanceof State.Ready)) {
                environment.start(scene.service(), scene.by());
            }
            return true;
        } catch (EnvironmentException e) {
            // Journaled where it happened; the undo starts it again, and tells if it cannot.
            return false;
        }
    }

    /// Lets a start that is under way come to its end: half a start would leave nobody in charge.
    @Override
    public void halt() throws InterruptedException {
        halted.countDown();
        if (loop != null) {
            loop.join();
        }
    }
}
