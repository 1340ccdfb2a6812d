package dev.verdict.fault;

import dev.verdict.plan.ServiceFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Bounds what a container may use by the control groups that it has to itself anyway: the kernel
/// and the engine then tell of it as of any container that is short of something. A later start
/// of the container has what the engine gives it, not the bound.
///
/// @param bounds in the order in which they are to be written
record ContainerBounds(List<Unbound> bounds) implements Disturbance {
    ContainerBounds {
        bounds = List.copyOf(bounds);
    }

    /// Bounds its processes and threads, those of `docker exec` included.
    static ContainerBounds processes(ServiceFault.LimitProcesses fault, Scene scene) {
        Path group = group("pids", scene, "a limit of processes");
        return new ContainerBounds(List.of(bound(group, "pids.max", fault.count(), scene.service())));
    }

    /// Returns the folder of the group that is the container's own.
    ///
    /// @param what the fault, for the message
    static Path group(String controller, Scene scene, String what) {
        long root = scene.root(what);
        Path group = scene.cgroups().of(controller, root);
        String id = scene.container().orElseThrow().id();
        if (!group.toString().contains(id)) {
            throw new FaultException("the container of %s has no control group `%s` of its own: its group is %s"
                    .formatted(scene.service(), controller, group));
        }
        return group;
    }

    /// Notes what a file of the group says and is to say.
    ///
    /// @throws FaultException if it cannot be written
    static Unbound bound(Path group, String name, long value, String service) {
        Path file = group.resolve(name);
        if (!Files.isWritable(file)) {
            throw new FaultException(
                    "the control group of the container of %s cannot be changed, which needs root: %s cannot be written"
                            .formatted(service, file));
        }
        String before = Cgroups.read(file);
        OptionalLong least = number(before);
        long bound = least.isPresent() ? Math.min(least.getAsLong(), value) : value;
        return new Unbound(file.toString(), before, Long.toString(bound));
    }

    private static OptionalLong number(String text) {
        return text.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    @Override
    public List<UndoStep> undo() {
        // What was bound last is let go first: one bound may not be above another.
        return new ArrayList<UndoStep>(bounds.reversed());
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public void act() throws IOException {
        for (Unbound bound : bounds) {
            try {
                Cgroups.write(Path.of(bound.file()), bound.bound());
            } catch (IOException e) {
                throw new FaultException(
                        "the kernel refuses %s in %s: %s".formatted(bound.bound(), bound.file(), e.getMessage()), e);
            }
        }
    }

    /// Writes what was there before, if the fault's bound is still there.
    ///
    /// @param file of a control group, gone with its container
    record Unbound(String file, String before, String bound) implements UndoStep {
        @Override
        public String undo(Reach reach) throws IOException {
            Path path = Path.of(file);
            if (!Files.exists(path) || before.equals(bound)) {
                return "";
            }
            if (!Files.readString(path).strip().equals(bound)) {
                return "";
            }
            Cgroups.write(path, before);
            return "%s is %s again".formatted(path, before);
        }
    }
}
