package example.steps;

import dev.verdict.scenario.World;
import io.cucumber.java.After;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Holds steps that wait for each other and for the test; a test opens its own gates by name.
public final class GateSteps {
    private static final Map<String, CountDownLatch> GATES = new ConcurrentHashMap<>();
    private static final AtomicInteger INSIDE = new AtomicInteger();
    private static final AtomicInteger MOST = new AtomicInteger();
    private static final List<String> CLEANED = new CopyOnWriteArrayList<>();
    private final World world;

    public GateSteps(World world) {
        this.world = world;
    }

    /// Forgets what earlier tests left.
    public static void reset() {
        GATES.clear();
        INSIDE.set(0);
        MOST.set(0);
        CLEANED.clear();
    }

    public static CountDownLatch gate(String name, int count) {
        return GATES.computeIfAbsent(name, _ -> new CountDownLatch(count));
    }

    public static int mostInside() {
        return MOST.get();
    }

    public static List<String> cleaned() {
        return CLEANED;
    }

    @When("{int} meet at {word}")
    public void meet(int count, String name) throws InterruptedException {
        CountDownLatch gate = gate(name, count);
        gate.countDown();
        await(name, gate);
    }

    @When("gate {word} opens")
    public void open(String name) {
        gate(name, 1).countDown();
    }

    @When("it waits for gate {word}")
    public void waitFor(String name) throws InterruptedException {
        await(name, gate(name, 1));
    }

    @When("it enters the narrow place")
    public void enter() {
        world.closing(INSIDE::decrementAndGet);
        MOST.accumulateAndGet(INSIDE.incrementAndGet(), Math::max);
    }

    @When("it hangs")
    public void hang() throws InterruptedException {
        gate("hanging", 1).countDown();
        new CountDownLatch(1).await();
    }

    @When("it swallows its interruption")
    @SuppressWarnings("InterruptedExceptionSwallowed")
    public void swallow() {
        try {
            hang();
        } catch (InterruptedException e) {
            gate("swallowed", 1).countDown();
        }
    }

    @When("it ignores every interruption")
    @SuppressWarnings("InterruptedExceptionSwallowed")
    public void ignore() {
        CountDownLatch end = gate("end of ignoring", 1);
        gate("hanging", 1).countDown();
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                gate("interrupted", 1).countDown();
            }
        }
        gate("ignoring ended", 1).countDown();
    }

    @After("@cleans")
    public void clean() {
        CLEANED.add(Thread.interrupted() ? "interrupted" : "clear");
    }

    private static void await(String name, CountDownLatch gate) throws InterruptedException {
        if (!gate.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came to " + name);
        }
    }
}
