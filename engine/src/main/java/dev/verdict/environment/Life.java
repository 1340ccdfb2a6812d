package dev.verdict.environment;

import dev.verdict.journal.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Is one life of a service: from the start of its process to the end of its last child.
final class Life implements Lived {
    private final String service;
    private final Process process;
    private final ProcessId main;
    private final List<LogPump> pumps;
    private final long started;
    private final CompletableFuture<Integer> died = new CompletableFuture<>();
    private final CompletableFuture<Integer> told = new CompletableFuture<>();
    private final Set<Integer> sent = ConcurrentHashMap.newKeySet();
    private final Set<ProcessId> known = new HashSet<>();
    private final Map<ProcessId, Proc> lastSeen = new HashMap<>();
    private Duration ofTheDead = Duration.ZERO;
    private Duration highest = Duration.ZERO;
    private volatile OptionalInt mayEnd = OptionalInt.empty();
    private volatile boolean asked;
    private volatile boolean paused;
    private volatile long diedAt;

    Life(String service, Process process, ProcessId main, List<LogPump> pumps, long started) {
        this.service = service;
        this.process = process;
        this.main = main;
        this.pumps = List.copyOf(pumps);
        this.started = started;
        this.known.add(main);
    }

    ProcessId main() {
        return main;
    }

    Process process() {
        return process;
    }

    long started() {
        return started;
    }

    @Override
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /// Completes with the exit code as soon as the process ends.
    @Override
    public CompletableFuture<Integer> died() {
        return died;
    }

    /// Completes once the end of the process is in the journal.
    CompletableFuture<Integer> told() {
        return told;
    }

    boolean alive() {
        return !died.isDone();
    }

    /// Notes the end of the process.
    ///
    /// @return whether Verdict had asked for it, or the plan expects it
    boolean end(int code) {
        boolean expected = asked || sent.contains(code - 128) || mayEnd.equals(OptionalInt.of(code));
        diedAt = System.nanoTime();
        died.complete(code);
        return expected;
    }

    /// Returns how long ago the process ended.
    Duration sinceDeath() {
        return alive() ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - diedAt);
    }

    /// Waits for the end of the process.
    ///
    /// @return whether it came within the limit
    @Override
    public boolean endsWithin(Duration limit) throws InterruptedException {
        try {
            died.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is not known", e);
        }
    }

    /// Waits until the end of the process is in the journal.
    ///
    /// @throws EnvironmentException if it is not within the limit
    @Override
    public void awaitTold(Duration limit) throws InterruptedException {
        try {
            told.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new EnvironmentException(
                    "the end of process %d is not known after %s".formatted(main.pid(), Durations.show(limit)), e);
        }
    }

    /// Notes that the plan expects the process to end by itself, with this exit code.
    void mayEnd(int code) {
        mayEnd = OptionalInt.of(code);
    }

    /// Notes that Verdict wants the process to end.
    void ask() {
        asked = true;
    }

    /// Notes a signal that Verdict sends.
    void noteSignal(String signal) {
        if (Signals.number(signal) > 0) {
            sent.add(Signals.number(signal));
        }
        paused = signal.equals("STOP") || (paused && !signal.equals("CONT"));
    }

    /// Tells whether Verdict stopped the process, which then takes no signal before it continues.
    boolean paused() {
        return paused;
    }

    /// Returns who belongs to this life: the process, whoever descends from it or sits in its
    /// session, carries the service's mark, or was seen to do so before.
    synchronized List<Proc> members(Processes.Scan scan) {
        Set<ProcessId> roots = new HashSet<>();
        for (Proc process : scan.alive()) {
            if (known.contains(process.id())
                    || service.equals(scan.services().get(process.pid()))
                    || inSession(process, scan)) {
                roots.add(process.id());
            }
        }
        Set<ProcessId> all = scan.descendants(roots);
        List<Proc> members = scan.alive().stream()
                .filter(process -> all.contains(process.id()))
                .toList();
        members.forEach(member -> known.add(member.id()));
        return members;
    }

    /// Tells whether the process sits in the session that the main process opened, and that no
    /// later process of the same number did.
    private boolean inSession(Proc process, Processes.Scan scan) {
        return process.session() == main.pid()
                && process.id().start() >= main.start()
                && scan.alive().stream()
                        .noneMatch(other ->
                                other.pid() == main.pid() && !other.id().equals(main));
    }

    /// Returns those of the members that still hang on the main process.
    Set<ProcessId> attached(Processes.Scan scan) {
        return alive() ? scan.descendants(List.of(main)) : Set.of();
    }

    /// Adds up what the members use. A child that was collected counts with its parent; one that
    /// nobody of the tree collected counts as it was last seen, so the sum never falls.
    synchronized Event.ResourcesSampled sample(Processes.Scan scan, ProcessTable table) {
        List<Proc> members = members(scan);
        Map<ProcessId, Proc> now = new HashMap<>();
        Set<Long> pids = new HashSet<>();
        for (Proc member : members) {
            now.put(member.id(), member);
            pids.add(member.pid());
        }
        for (Proc gone : lastSeen.values()) {
            if (!now.containsKey(gone.id()) && !pids.contains(gone.parent())) {
                ofTheDead = ofTheDead.plus(gone.cpu()).plus(gone.childrenCpu());
            }
        }
        lastSeen.clear();
        lastSeen.putAll(now);
        Duration cpu = members.stream()
                .map(member -> member.cpu().plus(member.childrenCpu()))
                .reduce(ofTheDead, Duration::plus);
        highest = cpu.compareTo(highest) > 0 ? cpu : highest;
        return new Event.ResourcesSampled(
                service,
                highest,
                members.stream().mapToLong(Proc::rss).sum(),
                members.size(),
                members.stream().mapToInt(Proc::threads).sum(),
                members.stream()
                        .mapToInt(member -> table.openFiles(member.pid()))
                        .sum());
    }

    /// Waits until the log holds what was written, for at most `limit` while a child keeps it open.
    void drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (LogPump pump : pumps) {
            long left = deadline - System.nanoTime();
            if (left > 0) {
                pump.drain(Duration.ofNanos(left));
            }
        }
    }

    /// Stops reading, also if somebody still holds the log open.
    void closeLog() throws IOException {
        for (LogPump pump : pumps) {
            pump.close();
        }
    }
}
