package dev.verdict.fault;

import dev.verdict.environment.ProcessId;
import dev.verdict.plan.ServiceFault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Bounds the open files of each process of a service (the soft RLIMIT_NOFILE, which can be raised
/// again); children inherit the bound, a later start of the service does not.
record OpenFiles(ServiceFault.LimitOpenFiles fault, Scene scene) implements Disturbance {
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\S+)\\s");

    @Override
    public List<UndoStep> undo() {
        long root = scene.root("a limit of open files");
        String before = soft(root)
                .orElseThrow(() -> new FaultException("the limits of %s cannot be read".formatted(scene.service())));
        return List.of(new Allow(scene.members(), before, fault.count()));
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void act() throws InterruptedException {
        Set<ProcessId> bound = new HashSet<>();
        String members = scene.members();
        List<ProcessId> found = scene.processes().of(members);
        while (!bound.containsAll(found)) {
            for (ProcessId id : found) {
                if (bound.add(id)) {
                    set(id, Long.toString(fault.count()), scene.processes()::lives);
                }
            }
            found = scene.processes().of(members);
        }
    }

    private static void set(ProcessId id, String soft, java.util.function.Predicate<ProcessId> lives)
            throws InterruptedException {
        try {
            Programs.run("prlimit", "--pid", Long.toString(id.pid()), "--nofile=" + soft + ":");
        } catch (FaultException e) {
            if (lives.test(id)) {
                throw e;
            }
        }
    }

    /// Returns the soft limit; empty if the process has ended.
    private static Optional<String> soft(long pid) {
        try {
            Matcher limit = LIMIT.matcher(Cgroups.read(Path.of("/proc", Long.toString(pid), "limits")));
            return limit.find() ? Optional.of(limit.group(1)) : Optional.empty();
        } catch (FaultException e) {
            // It ended: whoever asks sees that nothing is there.
            return Optional.empty();
        }
    }

    /// Gives back the former limit to those that have the fault's.
    ///
    /// @param service by which its processes are found: its name, or the label of its container
    /// @param before a number or `unlimited`
    record Allow(String service, String before, long bound) implements UndoStep {
        @Override
        public String undo(Reach reach) throws InterruptedException {
            int allowed = 0;
            for (ProcessId id : reach.processes().of(service)) {
                if (soft(id.pid()).filter(Long.toString(bound)::equals).isPresent()) {
                    set(id, before, reach.processes()::lives);
                    allowed++;
                }
            }
            return allowed == 0 ? "" : "%d processes of %s may open files again".formatted(allowed, service);
        }
    }
}
