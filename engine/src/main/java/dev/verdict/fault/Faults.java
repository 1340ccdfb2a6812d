package dev.verdict.fault;

import dev.verdict.environment.Environment;
import dev.verdict.environment.EnvironmentException;
import dev.verdict.environment.RunProcesses;
import dev.verdict.gateway.Gateway;
import dev.verdict.journal.Event;
import dev.verdict.journal.Journal;
import dev.verdict.journal.RunFolder;
import dev.verdict.plan.Fault;
import dev.verdict.plan.FaultTarget;
import dev.verdict.plan.ResolvedPlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Disturbs a run's system, and undoes each disturbance.
///
/// Before a fault acts, what undoes it is on the disk, and a watchdog waits for Verdict's death.
/// Faults may overlap. All calls are safe from any thread; each fault starts and ends once.
public final class Faults implements AutoCloseable {
    private final RunFolder folder;
    private final Journal journal;
    private final Environment environment;
    private final RunProcesses processes;
    private final Preparation preparation;
    private final Precaution precaution;
    private final Map<String, InForce> inForce = new LinkedHashMap<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private int lastId;

    /// Prepares a run for faults; starts nothing.
    ///
    /// @param needs knows what this machine lacks
    public Faults(
            ResolvedPlan plan,
            RunFolder folder,
            Journal journal,
            Environment environment,
            Gateway gateway,
            Needs needs) {
        this.folder = folder;
        this.journal = journal;
        this.environment = environment;
        this.processes = new RunProcesses(folder);
        this.preparation = new Preparation(plan, folder, environment, gateway, processes, needs);
        this.precaution = new Precaution(folder);
    }

    /// Is a fault that acts.
    ///
    /// @param id unique in the run
    /// @param by who asked: a scenario's id, `schedule`, `hand`
    public record Active(String id, Fault fault, FaultTarget target, String by, Instant since) {}

    /// @param gate held by whoever lets it act or undoes it
    private record InForce(Active active, Disturbance disturbance, List<UndoStep> steps, ReentrantLock gate) {
        InForce(Active active, Disturbance disturbance, ReentrantLock gate) {
            this(active, disturbance, disturbance.undo(), gate);
        }
    }

    /// Lets a fault act; returns once it is in force.
    ///
    /// @param by who asks, for the journal
    /// @return the fault's id, for [#undo]
    /// @throws FaultException if the target is not there or must not be disturbed, if rights or
    ///     tools are missing, or if it cannot act; whatever it did by then is undone
    public String inject(Fault fault, FaultTarget target, String by) throws InterruptedException {
        String id = nextId();
        InForce mine = new InForce(
                new Active(id, fault, target, by, Instant.now()),
                preparation.of(fault, target, id, by),
                new ReentrantLock());
        // Whoever wants to undo it waits until it has acted.
        mine.gate().lock();
        try {
            enter(mine);
            act(mine);
        } finally {
            mine.gate().unlock();
        }
        return id;
    }

    private synchronized String nextId() {
        return Integer.toString(++lastId);
    }

    private synchronized void enter(InForce mine) {
        if (closing.get()) {
            throw new FaultException("the run is being taken down: no fault may act any more");
        }
        Active active = mine.active();
        String summary = active.fault().summary() + mine.disturbance().means();
        if (mine.disturbance().alone()) {
            refuseSecond(active);
        }
        precaution.before(new UndoEntry.Announced(
                active.id(), active.fault().kind(), active.target().toString(), mine.steps()));
        inForce.put(active.id(), mine);
        journal.emit(new Event.FaultStarted(
                active.id(), active.fault().kind(), active.target().toString(), summary, active.by()));
    }

    private void refuseSecond(Active second) {
        inForce.values().stream()
                .map(InForce::active)
                .filter(first -> first.fault().kind().equals(second.fault().kind())
                        && first.target().equals(second.target()))
                .findFirst()
                .ifPresent(first -> {
                    throw new FaultException("%s of %s acts already, as fault %s: undo that one first"
                            .formatted(first.fault().kind(), first.target(), first.id()));
                });
    }

    private void act(InForce mine) throws InterruptedException {
        try {
            mine.disturbance().act();
        } catch (IOException | FaultException | EnvironmentException e) {
            String why = "%s of %s failed: %s"
                    .formatted(mine.active().fault().kind(), mine.active().target(), e.getMessage());
            end(mine, why);
            throw new FaultException(why, e);
        }
        if (mine.disturbance().momentary()) {
            end(mine, "over");
        }
    }

    /// Lets a fault act for a time: it is undone then, if nobody did so before.
    ///
    /// @return the fault's id, at once
    /// @throws FaultException as [#inject]
    public String injectFor(Fault fault, FaultTarget target, String by, Duration time) throws InterruptedException {
        String id = inject(fault, target, by);
        var _ = Thread.ofVirtual().name("end of fault " + id).start(() -> undoAfter(id, time));
        return id;
    }

    private void undoAfter(String id, Duration time) {
        try {
            // The run may end before, and with it every fault.
            if (!ended.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                undo(id);
            }
        } catch (FaultException e) {
            // Journaled where it happened; it is tried again at the end of the run.
            return;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    /// Undoes a fault; does nothing if it has ended.
    ///
    /// @throws FaultException if something of it is still there; that is journaled, and tried again
    ///     at the end of the run
    public void undo(String id) throws InterruptedException {
        Optional<InForce> found = find(id);
        if (found.isEmpty()) {
            return;
        }
        found.get().gate().lockInterruptibly();
        try {
            end(found.get(), "undone");
        } finally {
            found.get().gate().unlock();
        }
    }

    private synchronized Optional<InForce> find(String id) {
        return Optional.ofNullable(inForce.get(id));
    }

    /// Undoes all faults, the last first.
    ///
    /// @throws FaultException if something is still there, after all were tried
    public void undoAll() throws InterruptedException {
        undoAll(list().stream().map(Active::id).toList());
    }

    /// Undoes the faults that somebody asked for, the last first.
    ///
    /// @throws FaultException if something is still there, after all were tried
    public void undoAll(String by) throws InterruptedException {
        undoAll(list().stream()
                .filter(active -> active.by().equals(by))
                .map(Active::id)
                .toList());
    }

    private void undoAll(List<String> ids) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        for (String id : ids.reversed()) {
            try {
                undo(id);
            } catch (FaultException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        if (!failures.isEmpty()) {
            throw new FaultException(String.join("; ", failures));
        }
    }

    /// Returns the faults that act now, in the order of their start.
    public synchronized List<Active> list() {
        return inForce.values().stream().map(InForce::active).toList();
    }

    /// Undoes a fault unless it has ended. Whoever calls this holds its gate.
    private void end(InForce ending, String how) throws InterruptedException {
        String id = ending.active().id();
        if (find(id).isEmpty()) {
            return;
        }
        ending.disturbance().halt();
        Reach reach = new Reach(folder, processes, Optional.of(environment), !closing.get(), "the end of fault " + id);
        Undoing undoing = Undoing.of(mine(ending), reach);
        if (!undoing.problems().isEmpty()) {
            String problem = "fault %s (%s of %s) is not undone: %s"
                    .formatted(
                            id,
                            ending.active().fault().kind(),
                            ending.active().target(),
                            String.join("; ", undoing.problems()));
            journal.emit(new Event.HarnessFailed("fault", problem));
            throw new FaultException(problem);
        }
        leave(id, how);
    }

    private synchronized void leave(String id, String how) {
        inForce.remove(id);
        precaution.after(id);
        journal.emit(new Event.FaultEnded(id, how));
    }

    /// Returns the steps that no overlapping fault needs: of two pauses, the end of the first
    /// resumes nothing.
    private synchronized List<UndoStep> mine(InForce ending) {
        return ending.steps().stream()
                .filter(step -> inForce.values().stream()
                        .noneMatch(other -> !other.active().equals(ending.active())
                                && other.steps().contains(step)))
                .toList();
    }

    /// Undoes everything, but starts no service again; also if the calling thread is interrupted.
    /// Whatever is left then is the watchdog's, and `verdict recover`'s.
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) {
            // A thread of its own: nobody interrupts it.
            Thread.ofVirtual().name("end of faults").start(() -> {
                try {
                    closeNow();
                } finally {
                    ended.countDown();
                }
            });
        }
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow() {
        try {
            undoAll();
        } catch (FaultException e) {
            // Journaled where it happened.
            return;
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } finally {
            end();
        }
    }

    private synchronized void end() {
        precaution.end(inForce.isEmpty());
    }
}
