package dev.verdict.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds processes of a container that had left their parent's session and were still there when
/// its main process ended. The kernel ends them with the container, so nothing of them can be found
/// afterwards; that they were forgotten is seen only while it ends.
final class Forgotten implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(1);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /// Is the place of the kernel's flags among the fields of `/proc/PID/stat` behind the name.
    private static final int FLAGS = 6;

    /// Is the kernel's flag `PF_EXITING`.
    private static final long ENDING = 4;

    private final ProcessTable table;
    private final ProcessId main;
    private final Map<ProcessId, String> detached;
    private volatile Set<ProcessId> last;
    private @Nullable Thread thread;

    private Forgotten(ProcessTable table, ProcessId main, Map<ProcessId, String> detached) {
        this.table = table;
        this.main = main;
        this.detached = detached;
        this.last = detached.keySet();
    }

    /// Begins to watch a container that is about to be stopped.
    ///
    /// @param main its main process on this machine, if it is known
    static Forgotten watch(ProcessTable table, OptionalInt main) {
        Optional<Proc> process = main.isPresent() ? table.find(main.getAsInt()) : Optional.empty();
        if (process.isEmpty()) {
            return new Forgotten(table, new ProcessId(0, 0), Map.of());
        }
        Map<ProcessId, String> detached = new LinkedHashMap<>();
        for (Proc found : below(table, process.get())) {
            if (found.session() != process.get().session()) {
                detached.put(found.id(), table.command(found.pid()));
            }
        }
        Forgotten forgotten = new Forgotten(table, process.get().id(), detached);
        if (!detached.isEmpty()) {
            forgotten.thread = Thread.ofVirtual().name("forgotten").start(forgotten::look);
        }
        return forgotten;
    }

    private static List<Proc> below(ProcessTable table, Proc main) {
        Map<Long, List<Proc>> children = table.pids().stream()
                .flatMap(pid -> table.find(pid).stream())
                .filter(process -> !process.dead())
                .collect(Collectors.groupingBy(Proc::parent));
        List<Proc> found = new ArrayList<>(children.getOrDefault(main.pid(), List.of()));
        for (int next = 0; next < found.size(); next++) {
            found.addAll(children.getOrDefault(found.get(next).pid(), List.of()));
        }
        return found;
    }

    private void look() {
        try {
            while (true) {
                Set<ProcessId> there = detached.keySet().stream()
                        .filter(id -> table.find(id)
                                .filter(process -> !process.dead())
                                .isPresent())
                        .collect(Collectors.toSet());
                if (isEnding()) {
                    // Who is gone now may have ended with the container: the look before counts.
                    return;
                }
                last = there;
                if (there.isEmpty()) {
                    return;
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            // Nobody waits for the answer any more.
            return;
        }
    }

    /// Tells whether the main process has begun to end: the kernel ends all others of its container
    /// before it is gone itself.
    private boolean isEnding() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(main.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[FLAGS]) & ENDING) != 0
                    || table.find(main).filter(process -> !process.dead()).isEmpty();
        } catch (IOException e) {
            return true; // gone
        }
    }

    /// Ends the watch, also of a container that could not be stopped.
    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /// Returns, after the container ended, who was left until then, with their commands.
    Map<ProcessId, String> left() throws InterruptedException {
        Thread looking = thread;
        if (looking == null) {
            return Map.of();
        }
        if (!looking.join(LIMIT)) {
            looking.interrupt();
        }
        Map<ProcessId, String> left = new LinkedHashMap<>(detached);
        left.keySet().retainAll(last);
        return left;
    }
}
